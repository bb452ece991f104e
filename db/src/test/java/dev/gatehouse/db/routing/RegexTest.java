package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

    @ParameterizedTest
    @ValueSource(strings = {"[a-z]+", "a{1000}", "(a{10}){100}", "(?i)x|y", "\\d{2,4}"})
    void takesWhatRunsInLinearTime(String regex) {
        assertThat(Regex.problem(regex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[a",
                "a(?=b)",
                "(a)\\1",
                "a{1001}",
                "(a{100}){100}",
                "((a{1000}){1000}){1000}",
                "a{9999999999}"
            })
    void refusesOthers(String regex) {
        assertThat(Regex.problem(regex))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("'" + regex + "' is refused: must be " + Regex.RULE + ". It"));
    }

    @Test
    void refusesALongOne() {
        assertThat(Regex.problem("a".repeat(500))).isEmpty();
        assertThat(Regex.problem("a".repeat(501))).isPresent();
    }

    @Test
    void isNotAtTheMercyOfItsInput() {
        var evil = PathMatches.of("(/a*)*b");

        assertThat(evil.holds(Asked.get("/" + "a".repeat(8_000)))).isFalse();
    }
}
