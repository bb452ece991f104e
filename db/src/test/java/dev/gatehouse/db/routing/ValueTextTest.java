package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a=1,             a,    1",
                "a=1&a=2,         a,    1",
                "b=2&a=1,         a,    1",
                "aa=1,            a,    -",
                "a,               a,    ''",
                "a=,              a,    ''",
                "a&b=1,           a,    ''",
                "b=a,             a,    -",
                "'',              a,    -",
                "&&a=1,           a,    1",
                "a=b=c,           a,    b=c",
                "a=x%20y+z,       a,    x y z",
                "%61=1,           a,    1",
                "a%5Bb%5D=1,      a[b], 1",
                "a=%C3%BC,        a,    ü",
                "a=%zz%4,         a,    %zz%4",
                "A=1,             a,    -",
            })
    void readsTheFirstParameterOfAName(String query, String name, String value) {
        assertThat(QueryText.first(query, name)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a=1            | a | 1",
                "b=2; a=1       | a | 1",
                "b=2;a=1        | a | 1",
                "a=1; a=2       | a | 1",
                "aa=1           | a | -",
                "ba=1           | a | -",
                "a              | a | -",
                "a=             | a | ''",
                "a=\"1\"        | a | 1",
                "a=b=c          | a | b=c",
                "a=1,2; b=3     | a | 1,2",
                "A=1            | a | -",
                "''             | a | -",
            })
    void readsTheFirstCookieOfAName(String cookies, String name, String value) {
        assertThat(CookieText.first(cookies, name)).isEqualTo(value);
    }
}
