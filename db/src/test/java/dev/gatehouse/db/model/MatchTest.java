package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.matchOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** As it is written beneath {@code match}, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{path: /a, headers: ['a[b]']}            | headers[0].name: 'a[b]' is refused: must be a name of a header field",
                "{path: /a, headers: [X, x]}              | headers[1].name: 'x' is asked for twice; one value, one condition.",
                "{path: /a, query: [x, X, x]}             | query[2].name: 'x' is asked for twice",
                "{path: /a, cookies: [{name: c, is: 1, absent: true}]} | cookies[0]: Only one of is, matches and absent",
                "{path: /a, query: ['a b']}               | query[0].name: 'a b' is refused: must be a name of 1 to 200",
                "{path: /a, headers: [{name: x, matches: '('}]} | headers[0].matches: '(' is refused: must be a regular expression",
                "{path: /a, regex: 'a{2000}'}             | regex: 'a{2000}' is refused: must be a regular expression",
                "{path: /a, hosts: ['*']}                 | hosts[0]: '*' is refused: must be a host name",
                "{path: /a, addresses: [10.0.0.1/8]}      | addresses[0]: '10.0.0.1/8' is refused: must be an address",
                "{path: /a, times: [{from: '8:00'}]}      | times[0].from: '8:00' is refused: must be a time of day",
                "{path: /a, times: [{zone: Mars}]}        | times[0].zone: 'Mars' is refused: must be a time zone",
                "{path: /a, share: 101}                   | share: '101' is refused: must be a whole number from 0 to 100.",
                "{path: '/a/{x'}                          | path: '/a/{x' is refused: must be a path",
            })
    void saysWhichRuleIsBroken(String yaml, String problem) {
        assertThatThrownBy(() -> matchOf(yaml)).hasMessageStartingWith(problem);
    }
}
