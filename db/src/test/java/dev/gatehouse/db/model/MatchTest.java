package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.match;
import static org.assertj.core.api.Assertions.assertThat;

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
}
