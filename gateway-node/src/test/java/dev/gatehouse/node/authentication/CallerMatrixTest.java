package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.filter.Filters;
import dev.gatehouse.node.identity.token.IssuerServer;
import dev.gatehouse.node.limit.Limiter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/**
 * Each kind of credential in each state it can be in: status, code and headers. The route is for the consumer
 * {@code shop} and 203.0.113.0/24 alone. A login has no times, a certificate's are the handshake's, and of what another
 * service is shown only that service knows the state.
 */
class CallerMatrixTest {

    private static final String INSIDE = "203.0.113.5";
    private static final String OUTSIDE = "198.51.100.5";
    private static final String SECRET = "a-shared-secret-of-32-characters";
    private static final String INTROSPECTED = "introspection";

    private final Asking asking = new Asking();
    private final IssuerServer server = new IssuerServer();
    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, asking.clock);
    private final Filters filters = new Filters(asking.credentials, limiter);
    private final List<String> told = new ArrayList<>();
    private int nonces;

    @AfterEach
    void close() {
        server.close();
        limiter.close();
        redis.close();
    }

    @Test
    void answersEachKindInEachState() {
        asking.consumers.take(Map.of("shop", new Consumer(""), "mail", new Consumer("")));
        keys();
        tokens();
        introspected();
        logins("shop", "mail");
        passwords();
        certificates();
        signatures();
        logins();
        tell("basic revoked", basic("ada:correct horse battery"));
        shown("client-certificate revoked", INSIDE, "CN=ada");
        tell("signature revoked", signed("ada", SECRET, 0));
        forwarded();

        assertThat(told).isEqualTo(CallerMatrix.LINES);
    }

    private void keys() {
        long now = asking.clock.millis();
        tell("key good", key("shop", 0, Long.MAX_VALUE, KeyTerms.OPEN, false));
        tell("key missing");
        tell("key malformed", "X-API-Key: hello");
        tell("key unknown", "X-API-Key: " + KeyText.create("live").text());
        tell("key not yet", key("shop", now + 1_000, Long.MAX_VALUE, KeyTerms.OPEN, false));
        tell("key expired", key("shop", 0, now, KeyTerms.OPEN, false));
        tell("key revoked", key("shop", 0, Long.MAX_VALUE, KeyTerms.OPEN, true));
        tell("key of another route", key("live", List.of("orders-api"), List.of()));
        var gone = new KeyTerms("live", List.of("key"), List.of(), List.of()).without(List.of("key"));
        tell("key whose route is gone", key("shop", 0, Long.MAX_VALUE, gone, false));
        tell("key of another consumer", key("mail", 0, Long.MAX_VALUE, KeyTerms.OPEN, false));
        tell("key of another environment", key("test", List.of(), List.of()));
        tell("key from another address", key("live", List.of(), List.of("10.0.0.0/8")));
    }

    private String key(String environment, List<String> routes, List<String> addresses) {
        return key("shop", 0, Long.MAX_VALUE, new KeyTerms(environment, routes, List.of(), addresses), false);
    }

    private String key(String consumer, long notBefore, long expiresAt, KeyTerms terms, boolean revoked) {
        var key = KeyText.create(terms.environment());
        var hash = Asking.PEPPER.hash(key);
        asking.table.apply(List.of(new HashedKey(key.id(), consumer, hash, notBefore, expiresAt, terms, false)));
        if (revoked) {
            asking.table.apply(List.of(new HashedKey(key.id(), consumer, hash, notBefore, expiresAt, terms, true)));
        }
        return "X-API-Key: " + key.text();
    }

    private static Issuer issuer(Map<String, ?> settings) {
        var plain = new HashMap<String, Object>(settings);
        plain.put("audiences", List.of("shop"));
        return Settings.read(Issuer.class, plain).orThrow();
    }

    private void trust(String keySet) {
        asking.issuers.take(Map.of("corp", issuer(Map.of("key-set", Map.of("keys", keySet, "issuer", server.url())))));
    }

    private void tokens() {
        trust(IssuerServer.keySet(server.key().toPublicJWK()));
        var now = asking.clock.instant();
        var good = jwt(Map.of("client_id", "shop", "aud", "shop"));
        tell("jwt good", good);
        tell("jwt missing");
        tell("jwt malformed", "Authorization: Bearer a.b");
        var stranger = IssuerServer.generated("x");
        tell("jwt unknown", bearer(server.token(stranger, now.plusSeconds(60), Map.of("aud", "shop"))));
        var later = now.plusSeconds(60).getEpochSecond();
        tell("jwt not yet", jwt(Map.of("client_id", "shop", "aud", "shop", "nbf", later)));
        tell("jwt expired", bearer(server.token(now.minusSeconds(60), Map.of("client_id", "shop", "aud", "shop"))));
        trust(IssuerServer.keySet(stranger.toPublicJWK()));
        tell("jwt revoked", good);
        trust(IssuerServer.keySet(server.key().toPublicJWK()));
        tell("jwt of another route", jwt(Map.of("client_id", "shop", "aud", "mail")));
        tell("jwt of nobody here", jwt(Map.of("client_id", "x", "aud", "shop")));
        tell("jwt of another consumer", jwt(Map.of("client_id", "mail", "aud", "shop")));
        from("jwt from another address", OUTSIDE, good);
    }

    private String jwt(Map<String, ?> claims) {
        return bearer(server.token(asking.clock.instant().plusSeconds(600), claims));
    }

    private void introspected() {
        asking.issuers.take(Map.of(
                "corp",
                issuer(Map.of(
                                "opaque", Map.of(),
                                "fetching", Map.of("plain-http", true, "timeout", "30s"),
                                "introspection",
                                        Map.of(
                                                "url", server.url() + "/introspect",
                                                "client-id", "gateway",
                                                "client-secret", "client-secret-of-at-least-32-characters")))
                        .sealed("corp", Asking.SECRETS)));
        said("good", "\"active\":true,\"client_id\":\"shop\",\"aud\":\"shop\"");
        tell(INTROSPECTED + " missing");
        tell(INTROSPECTED + " malformed", bearer("x".repeat(9_000)));
        said("unknown", "\"active\":false");
        said("not yet", "\"active\":false,\"nbf\":4000000000");
        var past = asking.clock.instant().minusSeconds(60).getEpochSecond();
        said("expired", "\"active\":true,\"client_id\":\"shop\",\"aud\":\"shop\",\"exp\":" + past);
        server.publish("/introspect", "{\"active\":false}");
        asking.clock.advance(Duration.ofMinutes(1));
        tell(INTROSPECTED + " revoked", bearer("token-good"));
        said("of another route", "\"active\":true,\"client_id\":\"shop\",\"aud\":\"mail\"");
        said("of nobody here", "\"active\":true,\"client_id\":\"x\",\"aud\":\"shop\"");
        said("of another consumer", "\"active\":true,\"client_id\":\"mail\",\"aud\":\"shop\"");
        server.publish("/introspect", "{\"active\":true,\"client_id\":\"shop\",\"aud\":\"shop\"}");
        from(INTROSPECTED + " from another address", OUTSIDE, bearer("token-elsewhere"));
        server.down(true);
        tell(INTROSPECTED + " undecided", bearer("token-undecided"));
        server.down(false);
    }

    private void said(String state, String answer) {
        server.publish("/introspect", "{" + answer + "}");
        tell(INTROSPECTED + " " + state, bearer("token-" + state.replace(' ', '-')));
    }

    /** One of each kind for each of these. */
    private void logins(String... consumers) {
        var logins = new HashMap<String, Login>();
        for (var consumer : consumers) {
            var user = consumer.equals("shop") ? "ada" : "eve";
            logins.put(
                    user,
                    login(Map.of("consumer", consumer, "password", "correct horse battery"))
                            .sealed(user, Asking.SECRETS, Optional.empty()));
            logins.put(
                    user + "-certificate",
                    login(Map.of("consumer", consumer, "certificate", Map.of("subject", "CN=" + user))));
            logins.put(user + "-signer", login(Map.of("consumer", consumer, "shared-secret", SECRET)));
        }
        asking.known.logins().take(logins);
    }

    private static Login login(Map<String, ?> settings) {
        return Settings.read(Login.class, settings).orThrow();
    }

    private void passwords() {
        tell("basic good", basic("ada:correct horse battery"));
        tell("basic missing");
        tell("basic malformed", "Authorization: Basic ???");
        tell("basic unknown", basic("bob:correct horse battery"));
        tell("basic wrong", basic("ada:wrong"));
        tell("basic of another consumer", basic("eve:correct horse battery"));
        from("basic from another address", OUTSIDE, basic("ada:correct horse battery"));
    }

    private void certificates() {
        shown("client-certificate good", INSIDE, "CN=ada");
        shown("client-certificate missing", INSIDE, null);
        shown("client-certificate unknown", INSIDE, "CN=bob");
        shown("client-certificate of another consumer", INSIDE, "CN=eve");
        shown("client-certificate from another address", OUTSIDE, "CN=ada");
    }

    private void signatures() {
        tell("signature good", signed("ada", SECRET, 0));
        tell("signature missing");
        tell("signature malformed", "Signature-Input: sig1", "Signature: sig1");
        tell("signature unknown", signed("bob", SECRET, 0));
        tell("signature wrong", signed("ada", SECRET.toUpperCase(java.util.Locale.ROOT), 0));
        tell("signature not yet", signed("ada", SECRET, 301));
        tell("signature expired", signed("ada", SECRET, -301));
        tell("signature of another consumer", signed("eve", SECRET, 0));
        from("signature from another address", OUTSIDE, signed("ada", SECRET, 0));
        var once = signed("ada", SECRET, 0);
        tell("signature good", once);
        told.removeLast();
        tell("signature again", once);
        asking.redisAway = true;
        tell("signature undecided", signed("ada", SECRET, 0));
        asking.redisAway = false;
    }

    private String[] signed(String user, String secret, int later) {
        return Signing.fields(
                user + "-signer", secret, asking.clock.instant().getEpochSecond() + later, "n-" + nonces++);
    }

    private void forwarded() {
        answering(204, "X-Consumer", "shop");
        tell("forward-auth good", "Authorization: Custom good");
        tell("forward-auth missing");
        answering(401, "WWW-Authenticate", "Custom realm=\"them\"");
        tell("forward-auth refused", "Authorization: Custom expired");
        answering(403);
        tell("forward-auth of another route", "Authorization: Custom good");
        answering(204, "X-Consumer", "nobody");
        tell("forward-auth of nobody here", "Authorization: Custom good");
        answering(204, "X-Consumer", "mail");
        tell("forward-auth of another consumer", "Authorization: Custom good");
        answering(204, "X-Consumer", "shop");
        from("forward-auth from another address", OUTSIDE, "Authorization: Custom good");
        answering(500);
        tell("forward-auth undecided", "Authorization: Custom good");
    }

    private void answering(int status, String... headers) {
        asking.service = _ -> new Response(status, Headers.of(headers), Body.empty());
    }

    private void tell(String what, String... fields) {
        from(what, INSIDE, fields);
    }

    private void from(String what, String address, String... fields) {
        tell(what, new Client(InetAddress.ofLiteral(address), "https", null), fields);
    }

    private void shown(String what, String address, @Nullable String subject) {
        tell(what, new Client(InetAddress.ofLiteral(address), "https", subject, List.of()));
    }

    private void tell(String what, Client client, String... fields) {
        var exchange = new Exchange(
                "request-1",
                new RequestLine("GET", "api.example", "/", null),
                client,
                Headers.of(Asking.fields(fields)),
                Body.empty(),
                Downstream.PLAIN);
        told.add(what + ": " + told(route(what.substring(0, what.indexOf(' '))).handle(exchange)));
    }

    private Handler route(String kind) {
        Map<String, ?> settings = switch (kind) {
            case "key" -> Map.of("environments", List.of("live"));
            case "jwt", INTROSPECTED -> Map.of("issuer", "corp");
            case "forward-auth" -> Map.of("service", "auth", "consumer-header", "X-Consumer");
            default -> Map.of();
        };
        Route route = Asking.route(Map.of(
                "authentication", Map.of("credentials", List.of(Map.of(kind, settings)), "refused-attempts", 0),
                "policies",
                        List.of(Map.of(
                                "access",
                                Map.of("consumers", List.of("shop"), "addresses", List.of("203.0.113.0/24"))))));
        return filters.chain(
                kind,
                route,
                _ -> new Response(200, new Headers(), Body.empty()),
                _ -> question -> asking.service.handle(question));
    }

    private static String told(Response answer) {
        var rejection = answer.rejection();
        var headers = new ArrayList<String>();
        for (var field : answer.headers()) {
            headers.add(" " + field.name() + ": " + field.value());
        }
        return answer.status()
                + (rejection == null ? "" : " " + rejection.refusal().code())
                + headers.stream().collect(Collectors.joining());
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
