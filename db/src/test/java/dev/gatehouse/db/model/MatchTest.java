package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.match;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchTest {

    @Test
    void takesEveryMethodWhenItNamesNone() {
        assertThat(match("/a").takes("DELETE")).isTrue();
        assertThat(match("/a").takes("PROPFIND")).isTrue();
    }

    @Test
    void takesOnlyTheMethodsItNames() {
        var match = match("/a", Method.POST, Method.PUT);
        assertThat(match.takes("POST")).isTrue();
        assertThat(match.takes("PUT")).isTrue();
        assertThat(match.takes("GET")).isFalse();
        assertThat(match.takes("HEAD")).isFalse();
        assertThat(match.takes("post")).isFalse();
    }

    @Test
    void takesHeadWhereItTakesGet() {
        assertThat(match("/a", Method.GET).takes("HEAD")).isTrue();
        assertThat(match("/a", Method.HEAD).takes("GET")).isFalse();
    }

    @Test
    void dividesAPatternIntoPrefixAndTail() {
        assertThat(match("/api/**").open()).isTrue();
        assertThat(match("/api/**").prefix()).isEqualTo("/api");
        assertThat(match("/**").prefix()).isEmpty();
        assertThat(match("/api").open()).isFalse();
        assertThat(match("/api").prefix()).isEqualTo("/api");
    }

    @Test
    void collidesWhereARequestWouldFitBoth() {
        for (var one : someMatches()) {
            for (var other : someMatches()) {
                boolean shared = one.path().equals(other.path())
                        && Arrays.stream(Method.values())
                                .anyMatch(method -> one.takes(method.name()) && other.takes(method.name()));
                assertThat(one.collidesWith(other)).as(one + " " + other).isEqualTo(shared);
            }
        }
    }

    private static List<Match> someMatches() {
        var matches = new ArrayList<Match>();
        for (var path : List.of("/a", "/a/**", "/b")) {
            matches.add(match(path));
            matches.add(match(path, Method.GET));
            matches.add(match(path, Method.HEAD));
            matches.add(match(path, Method.POST, Method.PUT));
            matches.add(match(path, Method.PUT, Method.HEAD));
        }
        return matches;
    }

    @Test
    void keepsItsMethodsWhateverHappensToTheListItWasGiven() {
        var methods = new ArrayList<>(List.of(Method.GET));
        var match = new Match("/a", methods);
        methods.add(Method.PUT);
        assertThat(match.methods()).containsExactly(Method.GET);
    }
}
