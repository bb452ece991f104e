package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.token.IssuerServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwtCheckTest {

    private final Asking asking = new Asking();
    private final IssuerServer server = new IssuerServer();
    private final KeyText key = asking.key("web-shop");

    @BeforeEach
    void know() {
        asking.consumers.take(Map.of("web-shop", new Consumer(""), "partners", new Consumer("")));
        issuer(Map.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void issuer(Map<String, ?> with) {
        var plain = new HashMap<String, Object>(with);
        plain.put("key-set", Map.of("keys", IssuerServer.keySet(server.key().toPublicJWK()), "issuer", server.url()));
        asking.issuers.take(Map.of("corp", Settings.read(Issuer.class, plain).orThrow()));
    }

    private Filter filter(Map<String, ?> jwt) {
        var plain = new HashMap<String, Object>(jwt);
        plain.put("issuer", "corp");
        return asking.filter(Map.of("credentials", List.of(Map.of("jwt", plain))));
    }

    private String token(Map<String, ?> claims) {
        return server.token(asking.clock.instant().plusSeconds(60), claims);
    }

    private Response ask(Filter filter, String token) {
        return asking.ask(filter, "/", "Authorization: Bearer " + token);
    }

    @Test
    void letsTheHolderOfATokenPassAsTheConsumerThatItNamesAndTakesItOut() {
        var answer = ask(filter(Map.of()), token(Map.of("client_id", "web-shop", "sub", "ada", "scope", "a b")));

        assertThat(answer.status()).isEqualTo(200);
        var passed = asking.passed.getFirst();
        assertThat(passed.headers()).isEmpty();
        assertThat(passed.caller()).isNotNull().satisfies(caller -> {
            assertThat(caller).extracting(Caller::consumer, Caller::keyId).containsExactly("web-shop", "ada");
            assertThat(caller.scopes()).containsExactlyInAnyOrder("a", "b");
        });
        assertThat(passed.admitted()).isTrue();
        asking.clock.advance(Duration.ofSeconds(91));
        assertThat(passed.admitted()).isFalse();
    }

    @Test
    void refusesAGoodTokenThatBelongsToNobodyHereUnlessOneConsumerStandsForAll() {
        assertThat(ask(filter(Map.of()), token(Map.of("client_id", "stranger"))).rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.CONSUMER_UNKNOWN);

        issuer(Map.of("claims", Map.of("consumer", "partners")));
        ask(filter(Map.of()), token(Map.of("client_id", "stranger")));
        assertThat(asking.passed.getFirst().caller())
                .isNotNull()
                .extracting(Caller::consumer)
                .isEqualTo("partners");
    }

    @Test
    void saysInTheChallengeWhatIsWrong() {
        var filter = filter(Map.of(
                "audiences",
                List.of("shop"),
                "claims",
                List.of(Map.of("name", "realm.roles", "values", List.of("admin")))));
        var good = Map.of("client_id", "web-shop", "aud", "shop", "realm", Map.of("roles", List.of("user", "admin")));
        var other = new HashMap<String, Object>(good);
        other.put("aud", List.of("mail"));
        var poor = new HashMap<String, Object>(good);
        poor.put("realm", Map.of("roles", List.of("user")));

        assertThat(ask(filter, token(good)).status()).isEqualTo(200);
        assertRefused(ask(filter, token(other)), "The token is for another audience");
        assertRefused(ask(filter, token(poor)), "The token does not say what it must of 'realm.roles'");
        assertRefused(
                ask(filter, server.token(asking.clock.instant().minusSeconds(31), good)), "The token has expired");
        assertRefused(ask(filter, "nonsense"), "The token is no signed token");
        var missing = asking.ask(filter, "/");
        assertThat(missing.rejection())
                .extracting("refusal", "reason")
                .containsExactly(Refusal.CREDENTIAL_MISSING, "Send a token as Authorization: Bearer.");
        assertThat(missing.headers())
                .containsExactly(new Headers.Field("WWW-Authenticate", "Bearer realm=\"gatehouse\""));
    }

    private static void assertRefused(Response answer, String reason) {
        assertThat(answer.rejection())
                .extracting("refusal", "reason")
                .containsExactly(Refusal.TOKEN_REFUSED, reason + ".");
        assertThat(answer.headers())
                .containsExactly(new Headers.Field(
                        "WWW-Authenticate",
                        "Bearer realm=\"gatehouse\", error=\"invalid_token\", error_description=\"" + reason + "\""));
    }

    @Test
    void takesKeysAndTokensSideBySideAndTellsThemApart() {
        var filter = asking.filter(Map.of(
                "credentials",
                List.of(Map.of("key", Map.of()), Map.of("jwt", Map.of("issuer", "corp", "pass-on", true)))));
        var token = token(Map.of("client_id", "partners"));

        assertThat(ask(filter, key.text()).status()).isEqualTo(200);
        assertThat(asking.passed.getLast().headers()).isEmpty();
        assertThat(ask(filter, token).status()).isEqualTo(200);
        assertThat(asking.passed.getLast().headers())
                .containsExactly(new Headers.Field("Authorization", "Bearer " + token));
        assertThat(ask(filter, KeyText.create("live").text()).rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.KEY_REFUSED);
        assertThat(ask(filter, token.substring(2)).rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.KEY_REFUSED);
        assertThat(ask(filter, server.token(asking.clock.instant().minusSeconds(99), Map.of()))
                        .rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.TOKEN_REFUSED);
    }

    @Test
    void verifiesNothingForAnAddressThatHasToWaitButTakesWhatItVerifiedLately() {
        var filter = asking.filter(
                Map.of("credentials", List.of(Map.of("jwt", Map.of("issuer", "corp"))), "refused-attempts", 1));
        var known = token(Map.of("client_id", "web-shop"));
        assertThat(ask(filter, known).status()).isEqualTo(200);
        assertThat(ask(filter, "wrong").status()).isEqualTo(401);

        assertThat(ask(filter, token(Map.of("client_id", "web-shop", "jti", "new")))
                        .status())
                .isEqualTo(429);
        assertThat(ask(filter, known).status()).isEqualTo(200);
    }

    @Test
    void answers503WhereNoKeyCouldBeFetchedYet() {
        var unreachable = Map.of("key-set-url", Map.of("url", "https://127.0.0.1:1/jwks", "issuer", server.url()));
        asking.issuers.take(
                Map.of("corp", Settings.read(Issuer.class, unreachable).orThrow()));

        var answer = ask(filter(Map.of()), token(Map.of("client_id", "web-shop")));
        assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.ISSUER_UNAVAILABLE);
        assertThat(answer.headers()).containsExactly(new Headers.Field("Retry-After", "5"));
    }
}
