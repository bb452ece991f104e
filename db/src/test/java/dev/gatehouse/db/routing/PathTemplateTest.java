package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        // pattern, rewrite, path asked for, path at the service
        "/api/users/{id},          /v1/{id},               /api/users/7,       /v1/7",
        "/api/users/{id},          /v1/user-{id}.json,     /api/users/7,       /v1/user-7.json",
        "/api/users/{id},          /..{id},                /api/users/7,       /..7",
        "/{a}/{b},                 /{b}/{a},               /1/2,               /2/1",
        "/{a}/{b},                 /{b}{a}{b},             /1/2,               /212",
        "/files/{rest**},          /store/{rest**},        /files/a/b,         /store/a/b",
        "/files/{rest**},          /store/{rest**},        /files/,            /store/",
        "/files/{rest**},          /{rest**},              /files/a,           /a",
        "/files/{rest**},          /store/**,              /files/a/b,         /store/a/b",
        "/t/{tenant}/**,           /{tenant}/**,           /t/x/a/b,           /x/a/b",
        "/t/{tenant}/**,           /{tenant}/**,           /t/x,               /x",
        "/t/{tenant}/**,           /**,                    /t/x,               /",
        "/t/{tenant}/**,           /fixed,                 /t/x/y,             /fixed",
        "/ü/{id},                  /ö/{id},                /%C3%BC/%C3%A4,     /%C3%B6/%C3%A4",
    })
    void fillsInWhatTheRouteTook(String pattern, String rewrite, String path, String rewritten) {
        var template = PathTemplate.of(rewrite);

        assertThat(template.problemWith(PathPattern.of(pattern))).isEmpty();
        assertThat(template.fill(PathPattern.of(pattern), path)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/a        | /b/**       | '/b/**' ends in /** but the route's path '/a' does not.",
                "/a/{id}   | /b/**       | '/b/**' ends in /** but the route's path '/a/{id}' does not.",
                "/a/{id}   | /b/{name}   | '/b/{name}' names {name}, which the route's path '/a/{id}' does not have.",
                "/a/{id}   | /b/{id**}   | {id} is one segment in the route's path, no tail.",
                "/a/{r**}  | /b/{r}      | The tail {r**} can only be the end, written as there.",
                "/a/{r**}  | /b/{r}/c    | The tail {r**} can only be the end, written as there.",
            })
    void refusesWhatTheRouteDoesNotTake(String pattern, String rewrite, String reason) {
        assertThat(PathTemplate.of(rewrite).problemWith(PathPattern.of(pattern)))
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"b", "//", "/a//b", "/a/..", "/./a", "/{", "/{}", "/a}", "/{r**}/b", "/a*", "/a?b", "/a%2f"})
    void refusesWhatIsNoPath(String rewrite) {
        assertThat(PathTemplate.problem(rewrite)).isPresent();
    }
}
