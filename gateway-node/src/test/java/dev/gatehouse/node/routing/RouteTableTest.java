package dev.gatehouse.node.routing;

import static dev.gatehouse.node.routing.Compiling.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RouteTableTest {

    private final Compiling compiling = new Compiling();
    private final RouteTable table = compiling.table(Map.of(
            "read",
            route("/api/users/**", Method.GET),
            "write",
            route("/api/users/**", Method.POST, Method.PUT),
            "me",
            route("/api/users/me", Method.GET),
            "options",
            route("/api/**", Method.OPTIONS),
            "exact",
            route("/exact")));

    @AfterEach
    void close() {
        compiling.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /api/users,     read",
        "GET,     /api/users/7,   read",
        "HEAD,    /api/users/7,   read",
        "POST,    /api/users,     write",
        "GET,     /api/users/me,  me",
        "PUT,     /api/users/me,  write",
        "OPTIONS, /api/users/me,  options",
        "OPTIONS, /api,           options",
        "PURGE,   /exact,         exact",
    })
    void takesTheMostSpecificRouteThatTakesTheMethod(String method, String path, String route) {
        var exchange = Exchanges.of(method, path);

        table.match(exchange);

        assertThat(exchange.route()).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /api/users/me | GET, HEAD, POST, PUT, OPTIONS",
                "DELETE | /api/users/7  | GET, HEAD, POST, PUT, OPTIONS",
                "GET    | /api/orders   | OPTIONS",
                "get    | /api/users    | GET, HEAD, POST, PUT, OPTIONS",
            })
    void saysWhichMethodsThePathTakes(String method, String path, String allowed) {
        var exchange = Exchanges.of(method, path);
        var answer = refusal(exchange);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().first("Allow")).contains(allowed);
        assertThat(answer.rejection())
                .extracting("refusal", "reason")
                .containsExactly(
                        Refusal.METHOD_NOT_ALLOWED, method + " is not taken here; these are: " + allowed + ".");
        assertThat(exchange.route()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /apis", "GET, /exact/", "GET, /exact/x", "GET, /Exact", "OPTIONS, *"})
    void knowsNoOtherPath(String method, String path) {
        var exchange = Exchanges.of(method, path);

        assertThat(refusal(exchange).rejection()).extracting("refusal").isEqualTo(Refusal.NO_ROUTE);
        assertThat(exchange.route()).isNull();
    }

    @Test
    void saysThatThereIsNoConfigurationYet() {
        var gateway = new Gateway();

        var answer = gateway.handle(Exchanges.get("/"));

        assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.NO_CONFIGURATION);
        assertThat(answer.headers().first("Retry-After")).contains("5");
    }

    @Test
    void servesFromTheTableThatIsLiveWhenARequestComes() {
        var gateway = new Gateway();
        gateway.swap(table);

        try (var answer = gateway.handle(Exchanges.get("/exact"))) {
            assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }
        gateway.swap(compiling.table(Map.of()));
        try (var answer = gateway.handle(Exchanges.get("/exact"))) {
            assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.NO_ROUTE);
        }
        assertThat(gateway.live().size()).isZero();
    }

    private Response refusal(Exchange exchange) {
        return table.match(exchange).handle(exchange);
    }

    @Test
    void tellsTheExchangeWhatTheParametersStandFor() {
        var parameters = compiling.table(Map.of("one", route("/t/{tenant}/files/{rest**}"), "plain", route("/p/**")));
        var exchange = Exchanges.get("/t/a%20b/files/x/y");

        parameters.match(exchange);

        assertThat(exchange.route()).isEqualTo("one");
        assertThat(exchange.parameters().get("tenant")).isEqualTo("a%20b");
        assertThat(exchange.parameters().get("rest")).isEqualTo("x/y");
        assertThat(exchange.parameters().get("other")).isNull();

        var plain = Exchanges.get("/p/x");
        parameters.match(plain);
        assertThat(plain.parameters().get("rest")).isNull();
    }

    /** Everything that a match may name is read from the exchange. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "headers: [{name: x-a, is: 'b, c'}]   | true",
                "headers: [{name: X-A, matches: 'b'}] | false",
                "query: [{name: q, is: '1'}]          | true",
                "query: [{name: q, is: '2'}]          | false",
                "cookies: [{name: c, is: '3'}]        | true",
                "cookies: [{name: d, absent: true}]   | true",
                "addresses: [203.0.113.0/24]          | true",
                "addresses: [203.0.113.6]             | false",
                "hosts: [api.example]                 | true",
                "hosts: ['*.example']                 | true",
                "hosts: [example]                     | false",
                "times: [{zone: Asia/Tokyo}]          | true",
                "share: 0                             | false",
                "regex: '/[ab]'                       | true",
                "regex: '/'                           | false",
            })
    void readsWhatIsAskedForFromTheExchange(String condition, boolean taken) {
        var match = Settings.read(
                        Match.class, new YAMLMapper().readValue("{path: /a, " + condition + "}", Object.class))
                .orThrow();
        var exchange = Exchanges.get("/a?q=1&q=2", "X-A", "b", "x-a", "c", "Cookie", "b=1", "Cookie", "c=3");

        compiling.table(Map.of("route", Compiling.route(match, ""))).match(exchange);

        assertThat(exchange.route()).isEqualTo(taken ? "route" : null);
    }

    @Test
    void drawsOnceARequestAndTakesItsShare() {
        var half = Settings.read(Match.class, Map.of("path", "/a", "share", 50)).orThrow();
        var split = compiling.table(Map.of("half", Compiling.route(half, ""), "rest", route("/a")));
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            var exchange = Exchanges.get("/a");
            split.match(exchange);
            taken += "half".equals(exchange.route()) ? 1 : 0;
        }
        // a fair coin is out of these bounds once in 10^18 runs
        assertThat(taken).isBetween(800, 1_200);
    }
}
