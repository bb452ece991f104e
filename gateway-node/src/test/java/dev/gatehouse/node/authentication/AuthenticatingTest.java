package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatingTest {

    private final Asking asking = new Asking();
    private final KeyText key = asking.key("web-shop");

    @Test
    void readsTheKeyWhereTheRouteSays() {
        var filter = asking.filter(
                Map.of("credentials", List.of(Map.of("key", Map.of("header", "X-Token", "bearer", false)))));

        assertThat(asking.ask(filter, "/", "X-Token: " + key.text()).status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().headers()).isEmpty();
        for (var elsewhere : List.of("X-API-Key: " + key.text(), "Authorization: Bearer " + key.text())) {
            var answer = asking.ask(filter, "/", elsewhere);
            assertThat(answer.rejection())
                    .extracting("refusal", "reason")
                    .containsExactly(Refusal.KEY_MISSING, "Send an API key in the X-Token header.");
            assertThat(answer.headers().all("WWW-Authenticate")).containsExactly("ApiKey realm=\"gatehouse\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/?api_key=KEY null",
                "/?a=1&api_key=KEY&b=2 a=1&b=2",
                "/?api%5Fkey=KEY&a=%41 a=%41",
                "/?api_key=&api_key=KEY null",
                "/?a&api_key=KEY&api_key=other a"
            })
    void takesAKeyOutOfTheQueryWhereTheRouteLetsItComeThere(String target, String left) {
        var filter = asking.filter(Map.of("credentials", List.of(Map.of("key", Map.of("query", "api_key")))));

        var answer = asking.ask(filter, target.replace("KEY", key.text()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().query()).isEqualTo(left.equals("null") ? null : left);
    }

    @Test
    void takesAWrongKeyOutOfTheQueryTooSoThatNoLogHoldsIt() {
        var filter = asking.filter(Map.of("credentials", List.of(Map.of("key", Map.of("query", "api_key")))));
        var wrong = Exchanges.get("/?api_key=canary&a=1");
        var besideAHeader = Exchanges.get("/?api_key=canary", "X-API-Key", "gk_other");

        assertThat(asking.ask(filter, wrong).status()).isEqualTo(401);
        assertThat(asking.ask(filter, besideAHeader).status()).isEqualTo(401);

        assertThat(wrong.query()).isEqualTo("a=1");
        assertThat(besideAHeader.query()).isNull();
    }

    @Test
    void readsNoKeyInAQueryUnlessTheRouteSaysSo() {
        assertThat(asking.ask(asking.filter(Map.of()), "/?api_key=" + key.text())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesAGoodKeyWhereItMayNotBeUsedAndSaysSo() {
        var filter =
                asking.filter(Map.of("credentials", List.of(Map.of("key", Map.of("environments", List.of("live"))))));
        var elsewhere = new KeyTerms("live", List.of(), List.of(), List.of("192.0.2.0/24"));
        var otherRoute = new KeyTerms("live", List.of("orders-api"), List.of(), List.of());
        var test = new KeyTerms("test", List.of(), List.of(), List.of());
        var here = new KeyTerms("live", List.of("users-api"), List.of("users:read"), List.of("203.0.113.5"));

        var reasons = Map.of(
                elsewhere, "The API key may not be used from this address.",
                otherRoute, "The API key is not for this route.",
                test, "The API key is of an environment whose keys are not taken here.");
        reasons.forEach((terms, reason) -> {
            var answer = asking.ask(
                    filter, "/", "X-API-Key: " + asking.key("web-shop", terms).text());
            assertThat(answer.rejection())
                    .extracting("refusal", "reason")
                    .containsExactly(Refusal.KEY_NOT_ALLOWED, reason);
            assertThat(answer.headers()).isEmpty();
        });
        asking.ask(filter, "/", "X-API-Key: " + asking.key("web-shop", here).text());
        assertThat(asking.passed).hasSize(1);
        assertThat(asking.passed.getFirst().caller())
                .isNotNull()
                .extracting(Caller::scopes)
                .isEqualTo(Set.of("users:read"));
    }

    @Test
    void letsWhoShowsNothingPassAsTheAnonymousConsumerAndNobodyElse() {
        var filter = asking.filter(Map.of("anonymous", "free"));

        assertThat(asking.ask(filter, "/").status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().caller()).isEqualTo(Caller.anonymous("free"));
        assertThat(asking.ask(filter, "/", "X-API-Key: nonsense").status()).isEqualTo(401);
        assertThat(asking.ask(filter, "/", "X-API-Key: " + key.text()).status()).isEqualTo(200);
        assertThat(asking.passed.getLast().caller()).isEqualTo(new Caller("web-shop", key.id()));
    }

    @Test
    void tellsWhoIsAnonymousWhatToSendInstead() {
        var route = Asking.route(Map.of("authentication", Map.of("anonymous", "free")));
        var told = asking.credentials
                .challenges("members", route)
                .apply(Rejection.of(Refusal.ACCESS_REFUSED, "This consumer may not call this route.")
                        .by("access"));

        assertThat(told.refusal()).isEqualTo(Refusal.KEY_MISSING);
        assertThat(told.policy()).isEqualTo("access");
        assertThat(told.reason())
                .isEqualTo(
                        "This is not for callers without a credential. Send an API key in the X-API-Key header, or as Authorization: Bearer.");
        assertThat(told.headers().all("WWW-Authenticate")).containsExactly("Bearer realm=\"gatehouse\"");
    }

    @Test
    void wantsAllCredentialsOfOneConsumerWhereTheRouteSaysSo() {
        var filter = asking.filter(Map.of(
                "need",
                "all",
                "credentials",
                List.of(
                        Map.of("key", Map.of("header", "X-One", "bearer", false)),
                        Map.of("key", Map.of("header", "X-Two", "bearer", false)))));
        var second = asking.key("web-shop");
        var foreign = asking.key("other");

        assertThat(asking.ask(filter, "/", "X-One: " + key.text(), "X-Two: " + second.text())
                        .status())
                .isEqualTo(200);
        assertThat(asking.passed.getFirst().caller()).isEqualTo(new Caller("web-shop", key.id()));
        assertThat(asking.passed.getFirst().headers()).isEmpty();
        assertThat(asking.ask(filter, "/", "X-One: " + key.text()).rejection())
                .extracting("refusal", "reason")
                .containsExactly(
                        Refusal.KEY_MISSING,
                        "Send an API key in the X-One header, and an API key in the X-Two header.");
        assertThat(asking.ask(filter, "/", "X-One: " + key.text(), "X-Two: " + foreign.text())
                        .rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.CONSUMERS_DIFFER);
    }

    @Test
    void letsAnAddressWaitThatSendsTooManyWrongCredentialsButNotWhoHoldsAGoodOne() {
        var filter = asking.filter(Map.of("refused-attempts", 6));

        for (int i = 0; i < 6; i++) {
            assertThat(asking.ask(filter, "/", "X-API-Key: wrong").status()).isEqualTo(401);
        }
        var answer = asking.ask(filter, "/", "X-API-Key: wrong");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsExactly(new Headers.Field("Retry-After", "10"));
        assertThat(asking.ask(filter, "/", "X-API-Key: " + key.text()).status()).isEqualTo(200);
        assertThat(asking.ask(filter, "/").status()).isEqualTo(401);
        asking.clock.advance(Duration.ofSeconds(10));
        assertThat(asking.ask(filter, "/", "X-API-Key: wrong").status()).isEqualTo(401);
        assertThat(asking.ask(filter, "/", "X-API-Key: wrong").status()).isEqualTo(429);
    }
}
