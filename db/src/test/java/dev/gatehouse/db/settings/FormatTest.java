package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "7", "users-api", "a--b", "a23456789-123456789-123456789-123456789-123456789-123456789-123"
            })
    void takesNames(String name) {
        assertThat(Format.NAME.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a/b",
                "a b",
                "ü",
                "a\n",
                "a_b",
                "a23456789-123456789-123456789-123456789-123456789-123456789-1234"
            })
    void refusesWhatIsNoName(String name) {
        assertThat(Format.NAME.problem(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9101",
                "https://api.example.com",
                "http://users",
                "http://[::1]:8080",
                "http://10.0.0.7:65535",
                "http://users:80/"
            })
    void takesOrigins(String url) {
        assertThat(Format.ORIGIN_URL.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "users:8080",
                "ftp://users",
                "http://",
                "http:users",
                "http://users:0",
                "http://users:65536",
                "http://users:x",
                "http://users/api",
                "http://users?x=1",
                "http://users/?",
                "http://users#x",
                "http://me:secret@users",
                "http://us ers",
                "http://users\n",
                "//users",
                "/users"
            })
    void refusesWhatIsNoOrigin(String url) {
        assertThat(Format.ORIGIN_URL.problem(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/**",
                "/api",
                "/api/",
                "/api/users/**",
                "/a.b/~c/d_e-f",
                "/v1:call",
                "/a@b",
                "/..a",
                "/a..",
                "/.well-known/x",
                "/ü",
                "/{id}",
                "/{id}/{rest**}"
            })
    void takesPaths(String path) {
        assertThat(Format.PATH_PATTERN.problem(path)).isEmpty();
        assertThat(Format.PATH_REWRITE.problem(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api",
                "//",
                "/a//b",
                "/a/../b",
                "/..",
                "/../**",
                "/.",
                "/./a",
                "/a/.",
                "/a/**/b",
                "/a/*",
                "/a**",
                "/**/",
                "/%2e%2e/a",
                "/a?b",
                "/a#b",
                "/a;b",
                "/a\\b",
                "/a b",
                "/{id",
                "/{}",
                "/%2f",
                "/%c3"
            })
    void refusesPathsWithMoreThanOneReading(String path) {
        assertThat(Format.PATH_PATTERN.problem(path)).isPresent();
        assertThat(Format.PATH_REWRITE.problem(path)).isPresent();
    }

    @Test
    void judgesAPathOfAThousandSegments() {
        assertThat(Format.PATH_PATTERN.problem("/a".repeat(1_000))).isEmpty();
        assertThat(Format.PATH_PATTERN.problem("/a".repeat(1_000) + "//")).isPresent();
    }

    @Test
    void refusesControlCharactersInAnyText() {
        assertThat(Format.TEXT.problem("Grüße, 世界 🙂")).isEmpty();
        assertThat(Format.TEXT.problem("a\u0000b")).isPresent();
        assertThat(Format.TEXT.problem("a\nb")).isPresent();
        assertThat(Format.TEXT.problem("a\u0085b")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CERTIFICATES", "PRIVATE_KEY", "KEY_SET", "PASSWORD", "SECRET"})
    void statesTheRuleBesideTheRefusedText(Format format) {
        assertThat(format.problem("\u0001"))
                .hasValueSatisfying(message ->
                        assertThat(message).startsWith("'\u0001' is refused: must be " + format.rule() + "."));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"PASSWORD", "SECRET"})
    void statesTheRuleWithoutTheRefusedSecret(Format format) {
        assertThat(format.problem("hunter two")).hasValue("Must be " + format.rule() + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_NAME, v2, V2",
        "VERSION_NAME, 2026-10-01, .1",
        "VERSION_NAME, 1.0, v2/",
        "VENDOR, example.users, example+users",
        "LINK, https://docs.example.com/v1?a=b#end, docs.example.com",
        "LINK, http://docs, ftp://docs.example.com",
        "LINK, https://docs.example.com, https://docs.example.com/a b",
        "MOMENT, 2026-12-31, 2026-02-30",
        "DATE, 2026-12-31, 2026-12-31T18:00:00Z",
        "DATE, 2028-02-29, 2026-02-29",
        "MOMENT, 2026-12-31T18:00:00Z, 2026-12-31T18:00",
        "MOMENT, 1970-01-01, 1969-12-31",
        "MOMENT, 9999-12-31, +10000-01-01T00:00:00Z"
    })
    void tellsTheRightFromTheWrong(Format format, String right, String wrong) {
        assertThat(format.problem(right)).isEmpty();
        assertThat(format.problem(wrong)).isPresent();
    }

    @Test
    void neverRepeatsWhatMayBeASecret() {
        for (var format : List.of(Format.CERTIFICATES, Format.PRIVATE_KEY)) {
            assertThat(format.problem("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"))
                    .hasValueSatisfying(message -> assertThat(message).doesNotContain("c2VjcmV0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "api.example.com", "xn--bcher-kva.example", "a-b.c1.example", "_sip.example"})
    void takesHostNames(String host) {
        assertThat(Format.HOST.problem(host)).isEmpty();
        assertThat(Format.HOST_PATTERN.problem(host)).isEmpty();
        assertThat(Format.HOST_PATTERN.problem("*." + host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "API.example.com",
                "a b",
                "-a.example",
                "a-.example",
                "10.0.0.1",
                "[::1]",
                "a:443",
                "http://a",
                "bücher.example",
                "*",
                "a.*.example",
                "*.*.example",
                "*a.example"
            })
    void refusesWhatIsNoHostName(String host) {
        assertThat(Format.HOST.problem(host)).isPresent();
        assertThat(Format.HOST_PATTERN.problem(host)).isPresent();
    }

    @Test
    void refusesAHostNameThatIsTooLong() {
        assertThat(Format.HOST.problem("a.".repeat(126) + "a")).isEmpty();
        assertThat(Format.HOST.problem("a.".repeat(127) + "a")).isPresent();
        assertThat(Format.HOST.problem("a".repeat(64) + ".example")).isPresent();
    }
}
