package dev.gatehouse.node.routing;

import static dev.gatehouse.node.routing.Compiling.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
