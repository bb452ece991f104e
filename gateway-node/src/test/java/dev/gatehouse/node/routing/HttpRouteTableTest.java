package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.conformance.Table;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Matching as the HTTPRoute of the Kubernetes Gateway API has it, and where ours differs. The cases are the rows of httproute-matching.tsv. */
class HttpRouteTableTest {

    /** @param answer a route's name, 404, or 405 and what is allowed */
    record Case(String set, String name, String rule, String request, String headers, String answer) {

        static Case of(List<String> row) {
            return new Case(row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6));
        }

        Exchange exchange() {
            var methodAndUrl = request.split(" ", 2);
            int slash = methodAndUrl[1].indexOf('/');
            return Exchanges.at(
                    methodAndUrl[1].substring(0, slash),
                    methodAndUrl[0],
                    methodAndUrl[1].substring(slash),
                    Arrays.stream(headers.split("[|]", 0))
                            .filter(header -> !header.isEmpty())
                            .flatMap(header -> Arrays.stream(header.split(": ", 2)))
                            .toArray(String[]::new));
        }

        @Override
        public String toString() {
            return set + ": " + name + " (" + rule + ")";
        }
    }

    record Tie(String set, String name, String rule, String routes) {

        static Tie of(List<String> row) {
            return new Tie(row.get(1), row.get(2), row.get(3), row.get(4));
        }

        @Override
        public String toString() {
            return set + ": " + name + " (" + rule + ")";
        }
    }

    private static final Map<String, Map<String, Route>> SETS = new LinkedHashMap<>();
    private static Compiling compiling;

    private static Stream<List<String>> rows(String kind) {
        return Table.rows("httproute-matching.tsv").filter(row -> row.getFirst().equals(kind));
    }

    static Stream<Case> cases() {
        return rows("case").map(Case::of);
    }

    static Stream<Tie> ties() {
        return rows("tie").map(Tie::of);
    }

    @BeforeAll
    static void start() {
        compiling = new Compiling();
        rows("route").forEach(row -> {
            var match = Settings.read(Match.class, new YAMLMapper().readValue(row.get(3), Object.class))
                    .orThrow();
            SETS.computeIfAbsent(row.get(1), _ -> new LinkedHashMap<>()).put(row.get(2), Compiling.route(match, ""));
        });
    }

    @AfterAll
    static void stop() {
        compiling.close();
    }

    private static Map<String, Route> routes(String set) {
        return SETS.getOrDefault(set, Map.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void takesTheRequestAsTheTableSays(Case row) {
        assertThat(SnapshotRules.check(Compiling.snapshot(routes(row.set)))).isEmpty();
        var exchange = row.exchange();
        try (var answer = compiling.table(routes(row.set)).match(exchange).handle(exchange)) {
            var route = exchange.route();
            if (route != null) {
                assertThat(route).isEqualTo(row.answer);
            } else {
                var allowed = answer.headers().first("Allow").map(" "::concat).orElse("");
                assertThat(answer.status() + allowed).isEqualTo(row.answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ties")
    void refusesToSaveATie(Tie row) {
        assertThat(SnapshotRules.check(Compiling.snapshot(routes(row.set))))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(Arrays.stream(row.routes.split(" ", -1))
                        .map(route -> "routes." + route + ".match.path")
                        .toArray(String[]::new));
    }
}
