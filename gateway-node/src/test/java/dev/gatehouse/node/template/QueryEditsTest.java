package dev.gatehouse.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.QueryValue;
import dev.gatehouse.node.exchange.Exchanges;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryEditsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // query              | set     | remove | comes of it
                "-                    | a=1     |        | a=1",
                "''                   | a=1     |        | a=1",
                "b=2                  | a=1     |        | b=2&a=1",
                "a=0&b=2&a=9          | a=1     |        | b=2&a=1",
                "a                    | a=1     |        | a=1",
                "%61=0&b              | a=1     |        | b&a=1",
                "a+b=0                | a b=1   |        | a%20b=1",
                "a=0&b=2              |         | a      | b=2",
                "a=0                  |         | a      | -",
                "A=0&aa=1             |         | a      | A=0&aa=1",
                "x=%zz&[]&y=%2f&a=1   |         | a      | x=%zz&[]&y=%2f",
                "%=1&a=1              |         | a      | %=1",
                "&&a=1&               |         | a      | &&",
            })
    void setsAndRemovesAndLeavesTheRestAlone(
            @Nullable String query, @Nullable String set, @Nullable String remove, @Nullable String expected) {
        var values = set == null
                ? List.<QueryValue>of()
                : List.of(new QueryValue(set.substring(0, set.indexOf('=')), set.substring(set.indexOf('=') + 1)));
        var edits = new QueryEdits(values, remove == null ? List.of() : List.of(remove));
        assertThat(edits.apply(query, Exchanges.get("/"))).isEqualTo(expected);
    }

    @Test
    void encodesWhatAValueSaysAndWhatAParameterOfThePathHolds() {
        assertThat(set("100% & more", "x")).isEqualTo("a=100%25%20%26%20more");
        assertThat(set("{id}", "caf%C3%A9")).isEqualTo("a=caf%C3%A9");
        assertThat(set("{id}", "1+1")).isEqualTo("a=1%2B1");
        assertThat(set("{id}", "x&admin=true")).isEqualTo("a=x%26admin%3Dtrue");
        assertThat(set("{id}", "%23%3F%26")).isEqualTo("a=%23%3F%26");
    }

    @Test
    void neverLetsAValueBeginAnotherParameterOrEndTheTarget() {
        var random = new Random(20260301);
        var pieces =
                List.of("&", "=", "+", "%26", "%3D", "%23", "%3F", "%25", "a", ",", "@", "'", "%C3%A9", "%20", "|");
        for (int i = 0; i < 2_000; i++) {
            var id = new StringBuilder("x");
            for (int length = random.nextInt(6); length > 0; length--) {
                id.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(set("{id}", id.toString())).matches("a=([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        }
    }

    private static @Nullable String set(String value, String id) {
        var exchange = Exchanges.get("/");
        exchange.route("users", name -> name.equals("id") ? id : null);
        return new QueryEdits(List.of(new QueryValue("a", value)), List.of()).apply(null, exchange);
    }
}
