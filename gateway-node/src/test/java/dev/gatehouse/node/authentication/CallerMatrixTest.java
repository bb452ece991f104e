package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.token.IssuerServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each kind of credential in each state it can be in: status, code and challenge. */
class CallerMatrixTest {

    private static final String BEARER = "Bearer realm=\"gatehouse\"";
    private static final String REFUSED = BEARER + ", error=\"invalid_token\"";
    private static final String BASIC = "Basic realm=\"gatehouse\", charset=\"UTF-8\"";

    private final Asking asking = new Asking();
    private final IssuerServer server = new IssuerServer();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersEachKindInEachState() {
        asking.consumers.take(Map.of("shop", new Consumer("")));
        keys();
        tokens();
        passwords();

        assertThat(told)
                .containsExactly(
                        "key good: 200",
                        "key missing: 401 key-missing [" + BEARER + "]",
                        "key malformed: 401 key-refused [" + REFUSED + "]",
                        "key unknown: 401 key-refused [" + REFUSED + "]",
                        "key not yet: 401 key-refused [" + REFUSED + "]",
                        "key expired: 401 key-refused [" + REFUSED + "]",
                        "key revoked: 401 key-refused [" + REFUSED + "]",
                        "key of another route: 403 key-not-allowed []",
                        "key from another address: 403 key-not-allowed []",
                        "jwt good: 200",
                        "jwt missing: 401 credential-missing [" + BEARER + "]",
                        "jwt malformed: 401 token-refused [" + REFUSED
                                + ", error_description=\"The token is no signed token\"]",
                        "jwt unknown: 401 token-refused [" + REFUSED
                                + ", error_description=\"The token is signed with a key that its issuer does not have\"]",
                        "jwt not yet: 401 token-refused [" + REFUSED
                                + ", error_description=\"The token is not in force yet\"]",
                        "jwt expired: 401 token-refused [" + REFUSED + ", error_description=\"The token has expired\"]",
                        "jwt of another route: 401 token-refused [" + REFUSED
                                + ", error_description=\"The token is for another audience\"]",
                        "jwt of nobody here: 403 consumer-unknown []",
                        "basic good: 200",
                        "basic missing: 401 credential-missing [" + BASIC + "]",
                        "basic malformed: 401 login-refused [" + BASIC + "]",
                        "basic unknown: 401 login-refused [" + BASIC + "]",
                        "basic wrong: 401 login-refused [" + BASIC + "]",
                        "basic revoked: 401 login-refused [" + BASIC + "]");
    }

    private void keys() {
        long now = asking.clock.millis();
        tell("key good", "X-API-Key: " + key(0, Long.MAX_VALUE, KeyTerms.OPEN, false));
        tell("key missing");
        tell("key malformed", "X-API-Key: hello");
        tell("key unknown", "X-API-Key: " + KeyText.create("live").text());
        tell("key not yet", "X-API-Key: " + key(now + 1_000, Long.MAX_VALUE, KeyTerms.OPEN, false));
        tell("key expired", "X-API-Key: " + key(0, now, KeyTerms.OPEN, false));
        tell("key revoked", "X-API-Key: " + key(0, Long.MAX_VALUE, KeyTerms.OPEN, true));
        var elsewhere = new KeyTerms("live", List.of("orders-api"), List.of(), List.of());
        tell("key of another route", "X-API-Key: " + key(0, Long.MAX_VALUE, elsewhere, false));
        var inside = new KeyTerms("live", List.of(), List.of(), List.of("10.0.0.0/8"));
        tell("key from another address", "X-API-Key: " + key(0, Long.MAX_VALUE, inside, false));
    }

    private String key(long notBefore, long expiresAt, KeyTerms terms, boolean revoked) {
        var key = KeyText.create("live");
        asking.table.apply(
                List.of(new HashedKey(key.id(), "shop", Asking.PEPPER.hash(key), notBefore, expiresAt, terms, false)));
        if (revoked) {
            asking.table.apply(List.of(
                    new HashedKey(key.id(), "shop", Asking.PEPPER.hash(key), notBefore, expiresAt, terms, true)));
        }
        return key.text();
    }

    private void tokens() {
        var keySet = IssuerServer.keySet(server.key().toPublicJWK());
        asking.issuers.take(Map.of(
                "corp",
                Settings.read(
                                Issuer.class,
                                Map.of(
                                        "key-set", Map.of("keys", keySet, "issuer", server.url()),
                                        "audiences", List.of("shop")))
                        .orThrow()));
        var now = asking.clock.instant();
        Map<String, ?> claims = Map.of("client_id", "shop", "aud", "shop");
        tell("jwt good", bearer(server.token(now.plusSeconds(60), claims)));
        tell("jwt missing");
        tell("jwt malformed", bearer("a.b"));
        tell("jwt unknown", bearer(server.token(IssuerServer.generated("x"), now.plusSeconds(60), claims)));
        tell("jwt not yet", bearer(server.token(now.plusSeconds(600), with(claims, "nbf", now.plusSeconds(60)))));
        tell("jwt expired", bearer(server.token(now.minusSeconds(60), claims)));
        tell(
                "jwt of another route",
                bearer(server.token(now.plusSeconds(60), Map.of("client_id", "shop", "aud", "mail"))));
        tell("jwt of nobody here", bearer(server.token(now.plusSeconds(60), Map.of("client_id", "x", "aud", "shop"))));
    }

    private static Map<String, ?> with(Map<String, ?> claims, String name, Instant time) {
        return Map.of("client_id", String.valueOf(claims.get("client_id")), "aud", "shop", name, time.getEpochSecond());
    }

    private void passwords() {
        var login = Settings.read(Login.class, Map.of("consumer", "shop", "password", "correct horse battery"))
                .orThrow()
                .sealed("ada", Asking.SECRETS, Optional.empty());
        asking.known.logins().take(Map.of("ada", login));
        tell("basic good", basic("ada:correct horse battery"));
        tell("basic missing");
        tell("basic malformed", "Authorization: Basic ???");
        tell("basic unknown", basic("bob:correct horse battery"));
        tell("basic wrong", basic("ada:wrong"));
        asking.known.logins().take(Map.of());
        tell("basic revoked", basic("ada:correct horse battery"));
    }

    private void tell(String what, String... fields) {
        var kind = what.substring(0, what.indexOf(' '));
        Map<String, ?> settings = kind.equals("jwt") ? Map.of("issuer", "corp") : Map.of();
        var filter = asking.filter(Map.of("credentials", List.of(Map.of(kind, settings)), "refused-attempts", 0));
        told.add(what + ": " + told(asking.ask(filter, "/", fields)));
    }

    private static String told(Response answer) {
        var rejection = answer.rejection();
        return rejection == null
                ? String.valueOf(answer.status())
                : answer.status() + " " + rejection.refusal().code() + " "
                        + answer.headers().all("WWW-Authenticate");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
