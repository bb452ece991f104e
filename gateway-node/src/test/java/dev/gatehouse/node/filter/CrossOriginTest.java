package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Cors;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of the Gateway API's CORS filter. Two differ: an origin that may not ask gets 403 with the reason instead of
 * an answer without fields, and where no methods are written, those that the route takes are allowed.
 */
class CrossOriginTest {

    private static final Handler NEVER = _ -> fail("was asked");
    private static final String APP = "https://app.example.com";

    @ParameterizedTest(name = "{0} allows {1}: {2}")
    @CsvSource({
        "https://app.example.com,        https://app.example.com,        true",
        "https://app.example.com,        https://app.example.com:8443,   false",
        "https://app.example.com,        http://app.example.com,         false",
        "https://app.example.com,        https://xapp.example.com,       false",
        "https://app.example.com,        https://app.example.com.evil,   false",
        "https://*.example.com,          https://app.example.com,        true",
        "https://*.example.com,          https://a.b.example.com,        true",
        "https://*.example.com,          https://example.com,            false",
        "https://*.example.com,          https://.example.com,           false",
        "https://*.example.com,          https://evilexample.com,        false",
        "https://*.example.com,          http://app.example.com,         false",
        "https://*.example.com,          https://app.example.com:8443,   false",
        "https://*.example.com,          https://evil.com/.example.com,  false",
        "https://*.example.com,          https://evil.com#.example.com,  false",
        "https://*.example.com,          https://evil.com:1.example.com, false",
        "https://*.example.com:8443,     https://app.example.com:8443,   true",
        "https://*.example.com:8443,     https://app.example.com,        false",
        "*,                              https://anything.example,       true",
        "*,                              null,                           true",
        "https://*.example.com,          null,                           false"
    })
    void allowsAnOrigin(String pattern, String origin, boolean allowed) {
        var answer = preflight(cors(Map.of("origins", List.of(pattern))), origin, "GET");
        assertThat(answer.status()).isEqualTo(allowed ? 204 : 403);
        assertThat(answer.headers().first("Access-Control-Allow-Origin").isPresent())
                .isEqualTo(allowed);
    }

    @Test
    void answersAPreflightRequestWithAllThatIsAllowed() {
        var cors = cors(Map.of(
                "origins", List.of(APP),
                "methods", List.of("GET", "PUT"),
                "headers", List.of("X-Header-1", "Authorization"),
                "expose", List.of("X-Total"),
                "credentials", true,
                "max-age", "1h"));
        var answer = preflight(cors, APP, "PUT", "x-header-1,authorization");
        assertThat(fields(answer))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
                        "Access-Control-Allow-Origin", APP,
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Allow-Methods", "GET, PUT",
                        "Access-Control-Allow-Headers", "X-Header-1, Authorization",
                        "Access-Control-Max-Age", "3600"));
    }

    @Test
    void allowsTheMethodsOfTheRouteWhereNoneAreNamed() {
        var answer = preflight(cors(Map.of("origins", List.of(APP))), APP, "POST");
        assertThat(answer.headers().first("Access-Control-Allow-Methods")).contains("GET, HEAD, POST");
        assertThat(preflight(cors(Map.of("origins", List.of(APP))), APP, "DELETE")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void repeatsTheHeadersThatAreAskedForWhereAllAreAllowed() {
        var any = cors(Map.of("origins", List.of(APP), "headers", List.of("*"), "credentials", true));
        var answer = preflight(any, APP, "GET", "X-One, authorization");
        assertThat(answer.headers().first("Access-Control-Allow-Headers")).contains("x-one, authorization");
    }

    @Test
    void saysWhyAPreflightRequestIsRefused() {
        var cors = cors(Map.of("origins", List.of(APP), "methods", List.of("GET")));
        assertThat(reason(preflight(cors, "https://evil.example", "GET"))).contains("origin");
        assertThat(reason(preflight(cors, APP, "PUT"))).contains("allows GET, and not the method");
        assertThat(reason(preflight(cors, APP, "GET", "x-secret"))).contains("'x-secret'");
        assertThat(preflight(cors, APP, "GET", "accept, content-type").status()).isEqualTo(204);
        assertThat(preflight(cors, "https://evil.example", "GET").headers().first("Vary"))
                .contains("Origin");
    }

    @Test
    void letsScriptsReadAnAnswerAndItsExposedHeaders() {
        var cors = cors(Map.of("origins", List.of(APP), "expose", List.of("X-Total"), "credentials", true));
        var answer = cors.filter(Exchanges.get("/", "Origin", APP), _ -> ok());
        assertThat(fields(answer))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Access-Control-Allow-Origin", APP,
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Expose-Headers", "X-Total",
                        "Vary", "Origin"));
    }

    @Test
    void letsScriptsReadARefusal() {
        var refused = Rejection.of(Refusal.RATE_LIMITED, "Too many.");
        var answer = cors(Map.of("origins", List.of(APP)))
                .filter(Exchanges.get("/", "Origin", APP), _ -> refused.toResponse());
        assertThat(answer.headers().first("Access-Control-Allow-Origin")).contains(APP);
        assertThat(answer.rejection()).isNotNull();
    }

    @Test
    void servesAnotherOriginButSaysNothingThatLetsItRead() {
        var answer = cors(Map.of("origins", List.of(APP)))
                .filter(Exchanges.get("/", "Origin", "https://evil.example"), _ -> ok());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(fields(answer)).containsExactlyEntriesOf(Map.of("Vary", "Origin"));
    }

    @Test
    void replacesWhatTheServiceSaysOfOrigins() {
        var answer = cors(Map.of("origins", List.of(APP)))
                .filter(
                        Exchanges.get("/", "Origin", "https://evil.example"),
                        _ -> ok("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Credentials", "true"));
        assertThat(answer.headers().contains("Access-Control-Allow-Origin")).isFalse();
        assertThat(answer.headers().contains("Access-Control-Allow-Credentials"))
                .isFalse();
    }

    @Test
    void needsNoVaryWhereEveryOriginIsAnsweredAlike() {
        var any = cors(Map.of("origins", List.of("*")));
        var answer = any.filter(Exchanges.get("/", "Origin", APP), _ -> ok());
        assertThat(fields(answer)).containsExactlyEntriesOf(Map.of("Access-Control-Allow-Origin", "*"));
    }

    @Test
    void handsOnWhatIsNoPreflightRequest() {
        var cors = cors(Map.of("origins", List.of(APP)));
        assertThat(cors.filter(Exchanges.of("OPTIONS", "/", "Origin", APP), _ -> ok())
                        .status())
                .isEqualTo(200);
        assertThat(cors.filter(Exchanges.of("OPTIONS", "/", "Access-Control-Request-Method", "GET"), _ -> ok())
                        .status())
                .isEqualTo(200);
        assertThat(cors.filter(Exchanges.get("/", "Origin", APP, "Access-Control-Request-Method", "GET"), _ -> ok())
                        .status())
                .isEqualTo(200);
    }

    private static Response preflight(CrossOrigin cors, String origin, String method, String... headers) {
        var exchange = Exchanges.of("OPTIONS", "/users", "Origin", origin, "Access-Control-Request-Method", method);
        for (var header : headers) {
            exchange.headers().add("Access-Control-Request-Headers", header);
        }
        return cors.filter(exchange, NEVER);
    }

    private static CrossOrigin cors(Map<String, Object> plain) {
        return new CrossOrigin(Settings.read(Cors.class, plain).orThrow(), Match.of("/users", Method.GET, Method.POST));
    }

    private static String reason(Response answer) {
        var rejection = answer.rejection();
        return rejection == null || rejection.refusal() != Refusal.CORS_REFUSED ? "" : rejection.reason();
    }

    private static Map<String, String> fields(Response answer) {
        var fields = new LinkedHashMap<String, String>();
        answer.headers().forEach(field -> fields.merge(field.name(), field.value(), (a, b) -> a + ", " + b));
        return fields;
    }

    private static Response ok(String... headers) {
        return new Response(200, Headers.of(headers), Body.empty());
    }
}
