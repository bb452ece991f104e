package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Consumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessGateTest {

    private static final Caller SHOP = new Caller("shop", "12345678", Set.of("orders:read"), Map.of("tier", "gold"));

    private final HandMovedClock clock = new HandMovedClock();
    private final Consumers consumers = new Consumers();

    AccessGateTest() {
        consumers.take(Map.of("shop", new Consumer("").withGroups("retail"), "mail", new Consumer("")));
    }

    @Test
    void wantsAllScopesOrAnyAndSaysWhich() {
        assertThat(ask(Map.of("scopes", List.of("orders:read")), SHOP)).isNull();
        assertThat(ask(Map.of("scopes", List.of("orders:read", "orders:write"), "scopes-needed", "any"), SHOP))
                .isNull();
        var refusal = ask(Map.of("scopes", List.of("orders:read", "orders:write")), SHOP);
        assertThat(refusal).isNotNull().satisfies(missing -> {
            assertThat(missing.refusal()).isEqualTo(Refusal.SCOPE_MISSING);
            assertThat(missing.headers().first("WWW-Authenticate"))
                    .contains(
                            "Bearer realm=\"gatehouse\", error=\"insufficient_scope\", scope=\"orders:read orders:write\"");
        });
    }

    @Test
    void admitsTheConsumersNamedAndThoseOfTheGroupsAndRefusesTheOthers() {
        var mail = new Caller("mail", "87654321");
        assertThat(ask(Map.of("groups", List.of("retail")), SHOP)).isNull();
        assertRefused(ask(Map.of("groups", List.of("retail")), mail));
        assertThat(ask(Map.of("groups", List.of("retail"), "consumers", List.of("mail")), mail))
                .isNull();
        assertRefused(ask(Map.of("groups", List.of("retail"), "refused-consumers", List.of("shop")), SHOP));
        assertThat(ask(Map.of("refused-consumers", List.of("shop")), mail)).isNull();
    }

    @Test
    void asksForClaimsAddressesAndTimes() {
        assertThat(ask(Map.of("claims", List.of(Map.of("name", "tier", "values", List.of("gold", "silver")))), SHOP))
                .isNull();
        assertRefused(ask(Map.of("claims", List.of(Map.of("name", "tier", "values", List.of("silver")))), SHOP));
        assertThat(ask(Map.of("addresses", List.of("203.0.113.0/24")), SHOP)).isNull();
        assertRefused(ask(Map.of("addresses", List.of("192.0.2.0/24")), SHOP));
        var night = Map.of("times", List.of(Map.of("from", "00:00", "to", "01:00")));
        assertThat(ask(night, SHOP)).isNull();
        clock.advance(Duration.ofHours(1));
        assertRefused(ask(night, SHOP));
    }

    @Test
    void tellsSomebodyAnonymousThatACredentialCouldHelp() {
        var anonymous = Caller.anonymous("free");
        assertThat(ask(Map.of("scopes", List.of("a")), anonymous))
                .extracting("refusal")
                .isEqualTo(Refusal.CREDENTIAL_MISSING);
        assertRefused(ask(Map.of("addresses", List.of("192.0.2.0/24"), "scopes", List.of("a")), anonymous));
    }

    private static void assertRefused(@Nullable Rejection rejection) {
        assertThat(rejection).isNotNull().extracting(Rejection::refusal).isEqualTo(Refusal.ACCESS_REFUSED);
    }

    private @Nullable Rejection ask(Map<String, ?> settings, Caller caller) {
        var access = Settings.read(Access.class, settings).orThrow();
        var gate = new AccessGate(
                access, consumers, clock, refusal -> Rejection.of(Refusal.CREDENTIAL_MISSING, refusal.reason()));
        var exchange = Exchanges.get("/");
        exchange.caller(caller);
        return gate.filter(exchange, _ -> new Response(200, new Headers(), Body.empty()))
                .rejection();
    }
}
