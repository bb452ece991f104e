package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest
    @CsvSource({
        "api.example.com,   api.example.com,        true",
        "api.example.com,   API.Example.COM,        true",
        "api.example.com,   api.example.com:8443,   true",
        "api.example.com,   api.example.com.,       true",
        "api.example.com,   Api.example.com.:443,   true",
        "api.example.com,   example.com,            false",
        "api.example.com,   x.api.example.com,      false",
        "api.example.com,   api.example.comm,       false",
        "api.example.com,   '',                     false",
        "*.example.com,     api.example.com,        true",
        "*.example.com,     a.b.example.com:80,     true",
        "*.example.com,     A.EXAMPLE.com.,         true",
        "*.example.com,     example.com,            false",
        "*.example.com,     .example.com,           false",
        "*.example.com,     badexample.com,         false",
        "*.com,             example.com,            true",
        "localhost,         localhost:1,            true",
        "192.0.2.1,         192.0.2.1:80,           true",
        "192.0.2.1,         192.0.2.10,             false",
        "[2001:db8::1],     [2001:db8::1],          true",
        "[2001:db8::1],     [2001:db8::1]:8080,     true",
        "[2001:db8::1],     [2001:DB8:0:0:0:0:0:1], true",
        "[2001:db8::1],     [2001:db8::2],          false",
        "[::1],             [::1,                   false",
        "[::1],             '[::1%1]',              false",
        "[::1],             [x],                    false",
    })
    void takesHostsWhateverTheirSpelling(String pattern, String host, boolean taken) {
        var criteria = new Criteria(List.of(HostPattern.of(pattern)), PathPattern.of("/**"), List.of(), List.of(), 0);
        var index = new RouteIndex<>(List.of(new Filed<>("route", criteria, 1)));

        assertThat(index.find(Asked.of("GET", host, "/")) instanceof Found.Taken)
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "*.*.example.com",
                "a.*.com",
                "*a.com",
                "API.example.com",
                "api.example.com.",
                "a..b",
                "a:80",
                "http://a",
                "a/b",
                "bücher.example",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "*.2.3.4",
                "[::1]:80",
                "[::1%eth0]",
                "[1.2.3.4]",
                "::1",
                "[x]"
            })
    void refusesWhatIsNoHost(String pattern) {
        assertThat(HostPattern.problem(pattern))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("'" + pattern + "' is refused: must be a host name"));
    }
}
