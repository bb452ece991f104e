package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api                 | A path begins with a slash.",
                "''                  | A path begins with a slash.",
                "/a//b               | Two slashes in a row are not taken.",
                "//                  | Two slashes in a row are not taken.",
                "/a//**              | Two slashes in a row are not taken.",
                "/a/../b             | The segments . and .. are not taken, in no spelling.",
                "/%2e/b              | Write . instead of %2e.",
                "/a/*                | A star stands only in /** and {name**}, at the end; any one segment is {name}.",
                "/a/**/b             | A star stands only in /** and {name**}, at the end; any one segment is {name}.",
                "/a/{rest**}/b       | Nothing can follow {rest**}.",
                "/a/{rest**}/        | Nothing can follow {rest**}.",
                "/a/{rest**}/**      | Nothing can follow {rest**}.",
                "/a/{id}/b/{id}      | Two parameters have the name 'id'.",
                "/a/{id}.json        | A parameter is a whole segment, {name} or at the end {name**}, its name letters, digits, hyphens and underscores.",
                "/a/{}               | A parameter is a whole segment, {name} or at the end {name**}, its name letters, digits, hyphens and underscores.",
                "/a/{1}              | A parameter is a whole segment, {name} or at the end {name**}, its name letters, digits, hyphens and underscores.",
                "/a/}                | A parameter is a whole segment, {name} or at the end {name**}, its name letters, digits, hyphens and underscores.",
                "/a?b=1              | A path has no query; conditions on parameters stand under query.",
                "/a;v=1              | The character ';' is written %3B.",
                "/a b                | The character ' ' is written %20.",
                "/a%2Fb              | No path holds %2F: such a request is refused.",
                "/a%5cb              | No path holds %5c: such a request is refused.",
                "/a%00               | No path holds %00: such a request is refused.",
                "/a%61               | Write a instead of %61.",
                "/a%4                | A percent sign is followed by two hexadecimal digits.",
                "/a%zz               | A percent sign is followed by two hexadecimal digits.",
                "/%C3                | An encoded character is not UTF-8.",
                "/%C0%AF             | An encoded character is not UTF-8."
            })
    void refusesWhatNoPathCanEqual(String pattern, String reason) {
        assertThatThrownBy(() -> PathPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
        assertThat(PathPattern.problem(pattern))
                .contains("'" + pattern + "' is refused: must be " + PathPattern.RULE + ". " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "/users/{id},            /users/7,        id,    7",
        "/users/{id}/x,          /users/7/x,      id,    7",
        "/{a}/{b},               /1/2,            b,     2",
        "/users/{id}/**,         /users/%C3%A9/y, id,    %C3%A9",
        "/files/{rest**},        /files/a/b,      rest,  a/b",
        "/files/{rest**},        /files/a/,       rest,  a/",
        "/files/{rest**},        /files/,         rest,  ''",
        "/{tenant}/f/{rest**},   /x/f/a/b,        rest,  a/b",
        "/{tenant}/f/{rest**},   /x/f/a/b,        tenant, x",
        "/{all**},               /,               all,   ''",
    })
    void knowsWhatItsParametersStandFor(String pattern, String path, String name, String value) {
        assertThat(PathPattern.of(pattern).parameter(path, name)).isEqualTo(value);
    }

    @Test
    void knowsNoOtherName() {
        assertThat(PathPattern.of("/users/{id}/{rest**}").parameter("/users/7/a", "users"))
                .isNull();
        assertThat(PathPattern.of("/users/{id}").names()).containsExactly("id");
    }

    @ParameterizedTest
    @CsvSource({"/, /", "/**, /", "/a/**, /a", "/users/{id}/x, /users/id/x", "/f/{rest**}, /f/rest", "/é, /%C3%A9"})
    void givesAPathThatItTakes(String pattern, String example) {
        assertThat(PathPattern.of(pattern).example()).isEqualTo(example);
    }
}
