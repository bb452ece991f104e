package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("path", "methods", "requests", "window", "connect-timeout");

    @ParameterizedTest
    @CsvSource({
        "paht, path",
        "pat, path",
        "method, methods",
        "reqeusts, requests",
        "request, requests",
        "windwo, window",
        "conect-timout, connect-timeout",
        "connect_timeout, connect-timeout"
    })
    void findsTheNameThatWasMeant(String typed, String meant) {
        assertThat(Nearest.to(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"zzzz", "x", "completely-different", "pthx"})
    void doesNotGuessWildly(String typed) {
        assertThat(Nearest.to(typed, KNOWN)).isEmpty();
        assertThat(Nearest.hint(typed, KNOWN)).isEmpty();
    }

    @Test
    void prefersTheNearestAndThenTheFirstInTheAlphabet() {
        assertThat(Nearest.to("hosts", List.of("hoses", "ghosts", "host", "hostt")))
                .contains("ghosts");
        assertThat(Nearest.to("abcdef", List.of("abcxyf", "abcdex"))).contains("abcdex");
    }

    @Test
    void asksAsASentence() {
        assertThat(Nearest.hint("paht", KNOWN)).isEqualTo(" Did you mean 'path'?");
    }
}
