package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    static Stream<PathCases.Case> cases() {
        // with a host of their own, with a query, not ASCII: what the request head decides before
        return PathCases.all()
                .filter(one -> one.target().startsWith("/") && one.target().indexOf('#') < 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheListOfSpellings(PathCases.Case one) {
        int mark = one.target().indexOf('?');
        var path = mark < 0 ? one.target() : one.target().substring(0, mark);

        assertThat(CanonicalPath.of(path) instanceof CanonicalPath.Ambiguous).isEqualTo(one.refused());
    }

    @ParameterizedTest
    @CsvSource({
        "/,                  /",
        "/a/,                /a/",
        "/%61dmin/a,         /admin/a",
        "/admin%2e,          /admin.",
        "/%7Euser,           /~user",
        "/%7euser,           /~user",
        "/caf%c3%a9,         /caf%C3%A9",
        "/public/%252e%252e, /public/%252e%252e",
        "/a%20b,             /a%20b",
        "/a%3Bb,             /a%3Bb",
        "/a:b@c$d&e+f=g,     /a:b@c$d&e+f=g",
        "/list[0]|x,         /list[0]|x",
        "/...,               /...",
        "/.well-known/x,     /.well-known/x",
    })
    void givesOnePathOneSpelling(String raw, String canonical) {
        assertThat(CanonicalPath.of(raw)).isEqualTo(new CanonicalPath.Path(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "/a/..",
                "/a/.",
                "/%2e",
                "/.%2E/",
                "/%5c",
                "/%2f",
                "/a%0d%0ab",
                "/%7f",
                "/%1",
                "/%",
                "/a//",
                "/a;b",
                "/a\"b",
                "/<a>",
                "/a^b",
                "/a`b",
                "/{a}",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%c3",
                "/%c3/%a9"
            })
    void refusesWhatHasTwoReadings(String raw) {
        assertThat(CanonicalPath.of(raw)).isInstanceOf(CanonicalPath.Ambiguous.class);
    }

    @Test
    void doesNotChangeACanonicalPathAndNeverLetsADotSegmentThrough() {
        var random = new Random(20260101);
        var pieces =
                "/ // . .. a B %2e %2E %61 %c3%a9 %C3%A9 %2f %5c %25 %252e %00 %ff ; ~ - _ : @ % + é".split(" ", -1);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            var raw = new StringBuilder("/");
            for (int length = random.nextInt(8); length > 0; length--) {
                raw.append(pieces[random.nextInt(pieces.length)]);
            }
            if (CanonicalPath.of(raw.toString()) instanceof CanonicalPath.Path(String canonical)) {
                accepted++;
                assertThat(CanonicalPath.of(canonical)).isEqualTo(new CanonicalPath.Path(canonical));
                assertThat(canonical.split("/", -1)).doesNotContain(".", "..");
            }
        }
        assertThat(accepted).isGreaterThan(10_000);
    }
}
