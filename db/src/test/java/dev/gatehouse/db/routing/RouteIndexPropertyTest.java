package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The index against {@link NaiveRouter}, on routes and requests drawn at random. */
class RouteIndexPropertyTest {

    private static final int ROUTES = 60;

    @RepeatedTest(10)
    void findsWhatLookingAtAllRoutesFinds(RepetitionInfo seed) {
        var matches = new RandomMatches(seed.getCurrentRepetition());
        var routes = withoutTies(matches);
        var index = index(routes, new Random(1));
        var naive = new NaiveRouter(routes);
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            var request = matches.request();
            var best = naive.best(request);
            switch (index.find(request)) {
                case Found.Taken<Match> found -> {
                    assertThat(best).as(request.toString()).containsExactly(found.name());
                    taken++;
                }
                case Found.MethodNotAllowed<Match>(var allowed) -> {
                    assertThat(best).as(request.toString()).isEmpty();
                    assertThat(allowed).isNotEmpty().isEqualTo(naive.allowed(request));
                }
                case Found.NoRoute<Match> _ -> {
                    assertThat(best).as(request.toString()).isEmpty();
                    assertThat(naive.allowed(request)).isEmpty();
                }
            }
        }
        assertThat(taken).isGreaterThan(100);
    }

    @RepeatedTest(5)
    void doesNotDependOnTheOrderOfTheRoutes(RepetitionInfo seed) {
        var matches = new RandomMatches(100 + seed.getCurrentRepetition());
        // with ties, which a save would refuse and a node must nevertheless decide like all others
        var routes = any(matches);
        var random = new Random(seed.getCurrentRepetition());
        var indexes = List.of(index(routes, random), index(routes, random), index(routes, random));
        for (int i = 0; i < 300; i++) {
            var request = matches.request();
            assertThat(indexes.stream().map(index -> name(index.find(request))).distinct())
                    .hasSize(1);
            assertThat(indexes.stream().map(index -> index.explain(request)).distinct())
                    .hasSize(1);
        }
    }

    @RepeatedTest(5)
    void explainsWhatItFinds(RepetitionInfo seed) {
        var matches = new RandomMatches(200 + seed.getCurrentRepetition());
        var index = index(any(matches), new Random(1));
        for (int i = 0; i < 300; i++) {
            var request = matches.request();
            var first = index.explain(request).stream()
                    .filter(candidate -> candidate.failed().isEmpty())
                    .map(RouteIndex.Candidate::name)
                    .findFirst();
            assertThat(first).isEqualTo(name(index.find(request)));
        }
    }

    @Test
    void tellsATieOnlyWhereARequestCouldGoEitherWay() {
        int withExample = 0;
        for (int seed = 300; seed < 330; seed++) {
            var matches = new RandomMatches(seed);
            var routes = any(matches);
            for (var tie : index(routes, new Random(1)).ties()) {
                var one = routes.get(tie.one());
                var other = routes.get(tie.other());
                assertThat(one).isNotNull();
                assertThat(other).isNotNull();
                assertThat(one.path().replaceAll("\\{p\\d}", "{}"))
                        .isEqualTo(other.path().replaceAll("\\{p\\d}", "{}"));
                assertThat(one.priority()).isEqualTo(other.priority());
                withExample += tie.example().isPresent() ? 1 : 0;
            }
        }
        assertThat(withExample).isGreaterThan(20);
    }

    /** What excludes each other never holds for one request: else a tie would stay untold. */
    @Test
    void callsOnlyThatExcludedWhichNoRequestFulfils() {
        var matches = new RandomMatches(400);
        int excluded = 0;
        for (int i = 0; i < 2_000; i++) {
            var one = matches.match().criteria();
            var other = matches.match().criteria();
            if (one.excludes(other)) {
                excluded++;
                for (int j = 0; j < 50; j++) {
                    var request = matches.request();
                    int method = Methods.bit(request.method());
                    assertThat((one.methods() & other.methods() & method) != 0
                                    && one.failing(request) == null
                                    && other.failing(request) == null)
                            .isFalse();
                }
            }
        }
        assertThat(excluded).isGreaterThan(100);
    }

    private static Map<String, Match> any(RandomMatches matches) {
        var routes = new HashMap<String, Match>();
        for (int i = 0; i < ROUTES; i++) {
            routes.put("route-" + i, matches.match());
        }
        return routes;
    }

    private static Map<String, Match> withoutTies(RandomMatches matches) {
        var routes = any(matches);
        index(routes, new Random(1)).ties().forEach(tie -> routes.remove(tie.one()));
        return routes;
    }

    private static RouteIndex<Match> index(Map<String, Match> routes, Random random) {
        var filed = new ArrayList<Filed<Match>>();
        routes.forEach((name, match) -> filed.add(new Filed<>(name, match.criteria(), match)));
        Collections.shuffle(filed, random);
        return new RouteIndex<>(filed);
    }

    private static Optional<String> name(Found<Match> found) {
        return found instanceof Found.Taken<Match> taken ? Optional.of(taken.name()) : Optional.empty();
    }
}
