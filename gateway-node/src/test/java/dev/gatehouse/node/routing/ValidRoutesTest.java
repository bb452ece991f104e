package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Rejection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What passes the checks of a save compiles, and is found by nothing but its match. */
class ValidRoutesTest {

    private final Compiling compiling = new Compiling();

    @AfterEach
    void close() {
        compiling.close();
    }

    @RepeatedTest(8)
    void compileWithoutAProblemAndKeepTheirChainsThroughEdits(RepetitionInfo seed) {
        var valid = new ValidRoutes(seed.getCurrentRepetition());
        var snapshot = valid.snapshot(40);
        var table = compiling.compile(snapshot, RouteTable.NONE).table();
        for (int edit = 0; edit < 5; edit++) {
            var next = valid.edited(snapshot);
            var compiled = compiling.compile(next, table);

            assertThat(compiled.problems()).isEmpty();
            assertThat(compiled.table().routes().keySet())
                    .isEqualTo(next.routes().keySet());
            for (var name : next.routes().keySet()) {
                var was = table.routes().get(name);
                var is = compiled.table().routes().get(name);
                if (same(snapshot, next, name)) {
                    assertThat(is).as(name).isSameAs(was);
                } else {
                    assertThat(is).as(name).isNotSameAs(was);
                }
            }
            snapshot = next;
            table = compiled.table();
        }
    }

    @RepeatedTest(6)
    void areFoundByPathAndMethodAsIfEachWereTried(RepetitionInfo seed) {
        var valid = new ValidRoutes(1_000 + seed.getCurrentRepetition());
        var snapshot = valid.snapshot(40);
        var table = compiling.compile(snapshot, RouteTable.NONE).table();
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            var exchange = Exchanges.of(valid.method(), valid.path());
            var expected = mostSpecific(snapshot, exchange.method(), exchange.path());

            table.match(exchange);

            assertThat(exchange.route())
                    .as(exchange.method() + " " + exchange.path())
                    .isEqualTo(expected.orElse(null));
            found += expected.isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(100);
    }

    @RepeatedTest(5)
    void sendEveryPathTheyTakeInACanonicalSpelling(RepetitionInfo seed) {
        var valid = new ValidRoutes(2_000 + seed.getCurrentRepetition());
        var table = compiling.compile(valid.snapshot(40), RouteTable.NONE).table();
        for (int i = 0; i < 200; i++) {
            var exchange = Exchanges.of(valid.method(), valid.path());
            try (var answer = table.match(exchange).handle(exchange)) {
                assertThat(answer.rejection())
                        .isNotNull()
                        .extracting(Rejection::refusal)
                        .isIn(
                                Refusal.NO_ROUTE,
                                Refusal.METHOD_NOT_ALLOWED,
                                Refusal.KEY_MISSING,
                                Refusal.UPSTREAM_UNREACHABLE);
            }
        }
    }

    private static boolean same(Snapshot before, Snapshot after, String name) {
        var route = Objects.requireNonNull(after.routes().get(name));
        var service = Objects.requireNonNull(route.services().get("forward.service"));
        return route.equals(before.routes().get(name))
                && Objects.equals(
                        before.services().get(service), after.services().get(service));
    }

    /** The rule as the documentation has it, route by route. */
    private static Optional<String> mostSpecific(Snapshot snapshot, String method, String path) {
        return snapshot.routes().entrySet().stream()
                .filter(entry -> takes(entry.getValue().match(), path))
                .filter(entry -> entry.getValue().match().takes(method))
                .max(Comparator.comparing((Map.Entry<String, Route> entry) ->
                                !entry.getValue().match().path().endsWith("/**"))
                        .thenComparingInt(
                                entry -> stem(entry.getValue().match()).length())
                        .thenComparing(
                                entry -> !entry.getValue().match().methods().isEmpty()))
                .map(Map.Entry::getKey);
    }

    private static boolean takes(Match match, String path) {
        var stem = stem(match);
        return path.equals(stem) || (match.path().endsWith("/**") && path.startsWith(stem + "/"));
    }

    private static String stem(Match match) {
        return match.path().replace("/**", "");
    }
}
