package dev.gatehouse.node.routing;

import static dev.gatehouse.node.routing.Compiling.route;
import static dev.gatehouse.node.routing.Compiling.service;
import static dev.gatehouse.node.routing.Compiling.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCompilerTest {

    private static final Service GOOD = service("http://127.0.0.1:1");
    private static final Service OTHER = service("http://127.0.0.1:2");

    private final Compiling compiling = new Compiling();

    @AfterEach
    void close() {
        compiling.close();
    }

    @Test
    void keepsTheChainOfWhatDidNotChange() {
        var first = compiling.compile(snapshot(Map.of("a", route("/a"), "b", route("/b"))), RouteTable.NONE);
        var second = compiling.compile(snapshot(Map.of("a", route("/a"), "b", route("/b/c"))), first.table());

        assertThat(chain(second.table(), "a")).isSameAs(chain(first.table(), "a"));
        assertThat(chain(second.table(), "b")).isNotSameAs(chain(first.table(), "b"));
        assertThat(second.problems()).isEmpty();
    }

    @Test
    void makesANewChainWhenTheServiceChanged() {
        var first = compiling.compile(one(route("/a"), GOOD), RouteTable.NONE).table();
        var second = compiling.compile(one(route("/a"), OTHER), first).table();

        assertThat(chain(second, "a")).isNotSameAs(chain(first, "a"));
    }

    @Test
    void anOpenCircuitStaysOpenWhateverElseChanges() {
        var service = guarded(2);
        var first =
                compiling.compile(one(route("/a"), service), RouteTable.NONE).table();
        assertThat(refusal(first, "/a")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        assertThat(refusal(first, "/a")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        assertThat(refusal(first, "/a")).isEqualTo(Refusal.CIRCUIT_OPEN);

        var second = compiling.compile(one(route("/b"), guarded(2)), first).table();
        assertThat(refusal(second, "/b")).isEqualTo(Refusal.CIRCUIT_OPEN);
        var third = compiling.compile(one(route("/b"), guarded(3)), second).table();
        assertThat(refusal(third, "/b")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
    }

    private static Service guarded(int leastCalls) {
        var breaker = Map.of("active", true, "least-calls", leastCalls, "open", "1h", "longest-open", "1h");
        return Settings.read(
                        Service.class,
                        Map.of("targets", List.of("http://127.0.0.1:1"), "resilience", Map.of("breaker", breaker)))
                .orThrow();
    }

    @Test
    void tellsWhatIsWrongWithTheTlsOfAService() {
        var nameless = compiling.compile(one(route("/a"), secured("", "client")), RouteTable.NONE);
        assertThat(nameless.problems())
                .containsExactly("Route 'a' answers 503: the certificate 'client' does not exist.");

        var unreadable = compiling.compile(one(route("/a"), secured("no PEM", "")), RouteTable.NONE);
        assertThat(unreadable.problems()).singleElement().asString().startsWith("Route 'a' answers 503: ");
    }

    @Test
    void forgetsWhatIsGone() {
        var first = compiling.table(Map.of("a", route("/a"), "b", route("/b")));
        var second =
                compiling.compile(snapshot(Map.of("b", route("/b"))), first).table();

        assertThat(second.size()).isOne();
        assertThat(refusal(second, "/a")).isEqualTo(Refusal.NO_ROUTE);
    }

    /** None of these passes the checks of a save; a row may have been written by another hand. */
    @ParameterizedTest
    @ValueSource(strings = {"", "not a url", "ftp://a", "http://", "http://user:secret@a", "http://a?b"})
    void answers503WhereATargetIsNone(String target) {
        var compiled = compiling.compile(one(route("/a"), service(target)), RouteTable.NONE);

        assertThat(refusal(compiled.table(), "/a")).isEqualTo(Refusal.ROUTE_BROKEN);
        assertThat(compiled.problems()).singleElement().asString().startsWith("Route 'a' answers 503: ");
    }

    @Test
    void answers503WhereAServiceHasNoTargetOrIsMissing() {
        var empty = compiling.compile(one(route("/a"), service()), RouteTable.NONE);
        var missing = compiling.compile(
                new Snapshot(Map.of(), Map.of("a", route("/a")), Map.of(), Map.of()), RouteTable.NONE);

        assertThat(empty.problems()).containsExactly("Route 'a' answers 503: a service needs at least one target.");
        assertThat(missing.problems()).containsExactly("Route 'a' answers 503: its service 'users' does not exist.");
        assertThat(refusal(missing.table(), "/a")).isEqualTo(Refusal.ROUTE_BROKEN);
    }

    @Test
    void tellsOfARouteWhoseMatchCannotBeRead() {
        var unreadable = compiling.compile(one(route("/a/{"), GOOD), RouteTable.NONE);
        assertThat(unreadable.problems()).singleElement().asString().startsWith("Route 'a' takes no request: ");
        assertThat(refusal(unreadable.table(), "/a")).isEqualTo(Refusal.NO_ROUTE);

        var good = compiling.compile(one(route("/a"), GOOD), unreadable.table()).table();
        var broken = compiling.compile(one(route("/a/{"), GOOD), good);
        assertThat(broken.problems()).singleElement().asString().startsWith("Route 'a' keeps its previous state: ");
        assertThat(chain(broken.table(), "a")).isSameAs(chain(good, "a"));
    }

    @Test
    void servesTheOthersBesideABrokenOne() {
        var snapshot = new Snapshot(
                Map.of("users", GOOD), Map.of("a", toService("missing", "/a"), "b", route("/b")), Map.of(), Map.of());

        var table = compiling.compile(snapshot, RouteTable.NONE).table();

        assertThat(refusal(table, "/a")).isEqualTo(Refusal.ROUTE_BROKEN);
        assertThat(refusal(table, "/b")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
    }

    @Test
    void keepsTheLastGoodChainUnderItsLastGoodPath() {
        var good = compiling.compile(one(route("/a"), GOOD), RouteTable.NONE).table();

        var broken = compiling.compile(one(route("/moved"), service("")), good);

        assertThat(chain(broken.table(), "a")).isSameAs(chain(good, "a"));
        assertThat(refusal(broken.table(), "/a")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        assertThat(refusal(broken.table(), "/moved")).isEqualTo(Refusal.NO_ROUTE);
        assertThat(broken.problems()).singleElement().asString().startsWith("Route 'a' keeps its previous state: ");

        var still = compiling.compile(one(route("/moved"), service("")), broken.table());
        assertThat(chain(still.table(), "a")).isSameAs(chain(good, "a"));
        assertThat(still.problems()).isEqualTo(broken.problems());
    }

    @Test
    void recoversOnceTheRowIsGood() {
        var broken = compiling.compile(one(route("/a"), service("")), RouteTable.NONE);
        var good = compiling.compile(one(route("/a"), GOOD), broken.table());

        assertThat(good.problems()).isEmpty();
        assertThat(refusal(good.table(), "/a")).isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
    }

    @Test
    void neverKeepsABrokenChainAsTheLastGoodOne() {
        var first = compiling.compile(one(route("/a"), service("")), RouteTable.NONE);
        var second = compiling.compile(one(route("/b"), service("")), first.table());

        assertThat(refusal(second.table(), "/a")).isEqualTo(Refusal.NO_ROUTE);
        assertThat(refusal(second.table(), "/b")).isEqualTo(Refusal.ROUTE_BROKEN);
    }

    private static Snapshot one(Route route, Service service) {
        return new Snapshot(Map.of("users", service), Map.of("a", route), Map.of(), Map.of());
    }

    private static Route toService(String service, String path) {
        var route = route(path);
        return new Route(
                route.match(),
                true,
                route.policies(),
                new Forward(service, ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private static Handler chain(RouteTable table, String name) {
        return Objects.requireNonNull(table.routes().get(name)).chain();
    }

    private static Refusal refusal(RouteTable table, String path) {
        var exchange = Exchanges.get(path);
        try (var response = table.match(exchange).handle(exchange)) {
            return Objects.requireNonNull(response.rejection()).refusal();
        }
    }

    private static Service secured(String trust, String certificate) {
        return new Service(
                GOOD.targets(),
                GOOD.connectTimeout(),
                GOOD.responseTimeout(),
                GOOD.protocol(),
                new ServiceTls(trust, certificate, "", true));
    }
}
