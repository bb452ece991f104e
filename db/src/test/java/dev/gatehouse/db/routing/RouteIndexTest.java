package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.ValueMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteIndexTest {

    private static RouteIndex<Match> index(Map<String, Match> routes) {
        var filed = new ArrayList<Filed<Match>>();
        routes.forEach((name, match) -> filed.add(new Filed<>(name, match.criteria(), match)));
        return new RouteIndex<>(filed);
    }

    /** Routes that are named as their paths. */
    private static RouteIndex<Match> paths(String... paths) {
        var routes = new HashMap<String, Match>();
        for (var path : paths) {
            routes.put(path, Match.of(path));
        }
        return index(routes);
    }

    private static String name(Found<Match> found) {
        return found instanceof Found.Taken<Match> taken ? taken.name() : "none";
    }

    @ParameterizedTest
    @CsvSource({
        "/,                 /",
        "/x,                /**",
        "/a,                /a",
        "/a/,               /a/**",
        "/a/b,              /a/b",
        "/a/b/,             /a/b/",
        "/a/b/c,            /a/b/c/**",
        "/a/b/c/d/e,        /a/b/c/**",
        "/a/b/cd,           /a/b/{rest**}",
        "/ab,               /**",
        "/A,                /**",
        "/caf%C3%A9,        /café",
        "/u/me,             /u/me",
        "/u/7,              /u/{id}",
        "/u/,               /u/{rest**}",
        "/u,                /u/**",
        "/u/7/x,            /u/{id}/x",
        "/u/me/x,           /u/me/{what}",
        "/u/7/y,            /u/{rest**}",
        "*,                 /**",
    })
    void takesTheMostSpecificPathFromTheLeft(String path, String pattern) {
        var index = paths(
                "/",
                "/**",
                "/a",
                "/a/**",
                "/a/b",
                "/a/b/",
                "/a/b/c/**",
                "/a/b/{rest**}",
                "/café",
                "/u/me",
                "/u/{id}",
                "/u/{rest**}",
                "/u/**",
                "/u/{id}/x",
                "/u/me/{what}");

        assertThat(name(index.find(Asked.get(path)))).isEqualTo(pattern);
    }

    @Test
    void takesNothingWhereNothingIsFiled() {
        assertThat(paths().find(Asked.get("/"))).isInstanceOf(Found.NoRoute.class);
        assertThat(paths("/", "/{rest**}").find(Asked.get("*"))).isInstanceOf(Found.NoRoute.class);
        assertThat(paths("/a/{id}").find(Asked.get("/a/"))).isInstanceOf(Found.NoRoute.class);
        assertThat(paths("/a/{rest**}").find(Asked.get("/a"))).isInstanceOf(Found.NoRoute.class);
    }

    @Test
    void goesOnToALessSpecificRouteWhenConditionsDoNotHold() {
        var index = index(Map.of(
                "beta", asking("/a/b", new ValueMatch("X-Beta", "1", "", false)),
                "any", Match.of("/a/**"),
                "last", Match.of("/{all**}")));

        assertThat(name(index.find(Asked.of("GET", "", "/a/b", "X-Beta", "1")))).isEqualTo("beta");
        assertThat(name(index.find(Asked.get("/a/b")))).isEqualTo("any");
        assertThat(name(index.find(Asked.get("/b")))).isEqualTo("last");
    }

    private static Match asking(String path, ValueMatch... headers) {
        var plain = Match.of(path);
        return new Match(
                plain.hosts(),
                path,
                "",
                plain.methods(),
                List.of(headers),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                100,
                "",
                "",
                List.of(),
                0);
    }

    @Test
    void allowsTheMethodsWithWhichThatVeryRequestWouldBeTaken() {
        var index = index(Map.of(
                "read", Match.of("/a/{id}", Method.GET),
                "write", Match.of("/a/7", Method.PUT),
                "all", Match.of("/a/**", Method.OPTIONS),
                "other", Match.of("/b", Method.DELETE)));

        assertThat(index.find(Asked.get("/a/7").with("DELETE")))
                .isEqualTo(new Found.MethodNotAllowed<>(List.of("GET", "HEAD", "PUT", "OPTIONS")));
        assertThat(index.find(Asked.get("/a/8").with("get")))
                .isEqualTo(new Found.MethodNotAllowed<>(List.of("GET", "HEAD", "OPTIONS")));
        assertThat(index.find(Asked.get("/c").with("DELETE"))).isInstanceOf(Found.NoRoute.class);
    }

    @Test
    void tellsWhatIsAgainstEachCandidate() {
        var index = index(Map.of(
                "beta", asking("/a/b", new ValueMatch("X-Beta", "1", "", false)),
                "write", Match.of("/a/{id}", Method.PUT),
                "any", Match.of("/a/**"),
                "far", Match.of("/b")));

        assertThat(index.explain(Asked.get("/a/b")))
                .containsExactly(
                        new RouteIndex.Candidate("beta", Optional.of("header x-beta: 1")),
                        new RouteIndex.Candidate("write", Optional.of("method PUT")),
                        new RouteIndex.Candidate("any", Optional.empty()));
    }

    /** Literals and parameters at every place: the worst that a tree can be. */
    @Test
    void visitsEachPlaceOfATreeOnceAtMost() {
        int depth = 10;
        var index = paths(IntStream.range(0, 1 << depth)
                .mapToObj(bits -> IntStream.range(0, depth)
                        .mapToObj(i -> (bits >> i & 1) == 0 ? "/a" : "/{p" + i + "}")
                        .reduce("", String::concat))
                .toArray(String[]::new));
        var request = Asked.get("/a".repeat(depth) + "/b");
        var search = new Search.First<Match>(request);

        index.search(search);

        assertThat(search.found).isNull();
        assertThat(search.visited).isLessThan(2 << depth);
    }

    @Test
    void isNotDeeperThanItsPatterns() {
        var index = paths("/x/**", "/{rest**}");
        var search = new Search.First<Match>(Asked.get("/y" + "/x".repeat(4_000)));

        index.search(search);

        assertThat(search.visited).isOne();
        assertThat(search.found).isNotNull();
    }

    @Test
    void keepsParametersOfDifferentNamesApart() {
        var index = index(Map.of("a", Match.of("/u/{id}", Method.GET), "b", Match.of("/u/{name}/x", Method.GET)));

        assertThat(index.find(Asked.get("/u/7"))).isInstanceOfSatisfying(Found.Taken.class, taken -> {
            assertThat(taken.parameter("id")).isEqualTo("7");
            assertThat(taken.parameter("name")).isNull();
        });
        assertThat(index.find(Asked.get("/u/8/x")))
                .isInstanceOfSatisfying(
                        Found.Taken.class,
                        taken -> assertThat(taken.parameter("name")).isEqualTo("8"));
    }
}
