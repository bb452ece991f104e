package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.Signers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityHeadersTest {

    private static final Secrets SECRETS =
            Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32]));
    private static final Caller ADA =
            new Caller("shop", "ada", Set.of("b", "a"), Map.of("email", "ada@example.com", "evil", "a\r\nX-Admin: 1"));

    private final HandMovedClock clock = new HandMovedClock();
    private final Consumers consumers = new Consumers();
    private final Signers signers = new Signers(SECRETS);

    IdentityHeadersTest() {
        consumers.take(Map.of("shop", new Consumer("").withGroups("retail", "eu")));
    }

    @Test
    void saysWhoIsCallingAndNothingThatCallersSayOfThemselves() {
        var identity = identity(Map.of(
                "claims",
                List.of(Map.of("claim", "email", "header", "X-Email"), Map.of("claim", "evil", "header", "X-Evil"))));

        assertThat(passed(identity, ADA, "gatehouse-consumer", "root", "X-Evil", "1"))
                .containsExactly(
                        new Headers.Field("Gatehouse-Consumer", "shop"),
                        new Headers.Field("Gatehouse-Scopes", "a b"),
                        new Headers.Field("Gatehouse-Groups", "retail eu"),
                        new Headers.Field("X-Email", "ada@example.com"));
        assertThat(passed(identity, null, "X-Email", "root@example.com")).isEmpty();
    }

    @Test
    void takesThoseHeadersOutOfEveryRequestInAnySpelling() {
        var fields = new IdentityFields();
        var route = Settings.read(
                        Route.class,
                        Map.of(
                                "match", Settings.write(Match.of("/a")),
                                "forward", Map.of("service", "users"),
                                "policies", List.of(Map.of("identity", Map.of("consumer", "X-Consumer-Name")))))
                .orThrow();
        fields.take(List.of(route));

        var exchange = Exchanges.get(
                "/", "x-consumer_name", "root", "GATEHOUSE-TOKEN", "x", "Gatehouse_Scopes", "all", "X-Other", "1");
        fields.filter(exchange, _ -> new Response(200, new Headers(), Body.empty()));
        assertThat(exchange.headers()).containsExactly(new Headers.Field("X-Other", "1"));
    }

    @Test
    void signsATokenThatServicesCanVerifyWithThePublishedKeys() throws Exception {
        var key = Settings.read(SigningKey.class, Map.of()).orThrow().sealed("main", SECRETS, Optional.empty());
        assertThat(key.privateKey()).startsWith("sealed:v1:");
        assertThat(Settings.read(SigningKey.class, Map.of()).orThrow().sealed("main", SECRETS, Optional.of(key)))
                .isEqualTo(key);
        assertThat(signers.take(Map.of("main", key))).isEmpty();
        var identity = identity(Map.of(
                "token",
                Map.of("signing-key", "main"),
                "claims",
                List.of(Map.of("claim", "email", "header", "X-Email"))));
        var filter = new IdentityHeaders("orders", identity, consumers, signers, clock);

        var text = passed(filter, ADA).first("Gatehouse-Token").orElseThrow();
        var token = SignedJWT.parse(text);
        var published = JWKSet.parse(signers.published());
        assertThat(published.toString()).doesNotContain("\"d\"");
        assertThat(token.verify(new ECDSAVerifier(
                        published.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("gatehouse");
        assertThat(claims.getSubject()).isEqualTo("shop");
        assertThat(claims.getAudience()).containsExactly("orders");
        assertThat(claims.getStringClaim("scope")).isEqualTo("a b");
        assertThat(claims.getStringListClaim("groups")).containsExactly("retail", "eu");
        assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.com");
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(clock.instant().plusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));

        assertThat(passed(filter, ADA).first("Gatehouse-Token")).contains(text);
        clock.advance(Duration.ofSeconds(30));
        assertThat(passed(filter, ADA).first("Gatehouse-Token")).isPresent().isNotEqualTo(Optional.of(text));
    }

    @Test
    void refusesRatherThanToSayNothingWhereTheKeyCannotBeUsed() {
        var identity = identity(Map.of("token", Map.of("signing-key", "gone")));
        var exchange = Exchanges.get("/");
        exchange.caller(ADA);
        var answer = new IdentityHeaders("orders", identity, consumers, signers, clock)
                .filter(exchange, _ -> new Response(200, new Headers(), Body.empty()));
        assertThat(answer.status()).isEqualTo(503);
    }

    private static Identity identity(Map<String, ?> settings) {
        return Settings.read(Identity.class, settings).orThrow();
    }

    private Headers passed(Identity identity, @Nullable Caller caller, String... sent) {
        return passed(new IdentityHeaders("orders", identity, consumers, signers, clock), caller, sent);
    }

    private static Headers passed(IdentityHeaders filter, @Nullable Caller caller, String... sent) {
        Exchange exchange = Exchanges.get("/", sent);
        if (caller != null) {
            exchange.caller(caller);
        }
        filter.filter(exchange, _ -> new Response(200, new Headers(), Body.empty()));
        return exchange.headers();
    }
}
