package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Rewrite;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Outbound;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.CanonicalPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {

    private static final Handler NEVER = _ -> fail("was asked");
    private static final Handler OK = _ -> new Response(200, new Headers(), Body.empty());

    /** The table of the Gateway API's ReplacePrefixMatch; the prefix {@code /foo} is {@code /foo/**} here. */
    @ParameterizedTest(name = "{0} with prefix {1} replaced by {2}")
    @CsvSource({
        "/foo/bar, /foo,  /xyz,  /xyz/bar",
        "/foo/bar, /foo,  /xyz/, /xyz/bar",
        "/foo/bar, /foo/, /xyz,  /xyz/bar",
        "/foo/bar, /foo/, /xyz/, /xyz/bar",
        "/foo,     /foo,  /xyz,  /xyz",
        "/foo/,    /foo,  /xyz,  /xyz/",
        "/foo/bar, /foo,  '',    /bar",
        "/foo/,    /foo,  '',    /",
        "/foo,     /foo,  '',    /",
        "/foo/,    /foo,  /,     /",
        "/foo,     /foo,  /,     /"
    })
    void replacesAPrefix(String path, String prefix, String replacement, String expected) {
        var rewriting = Rewriting.of(open(replacement), PathPattern.of(open(prefix)));
        assertThat(rewritten(rewriting, path).path()).isEqualTo(expected);
    }

    private static String open(String prefix) {
        return (prefix.endsWith("/") ? prefix : prefix + "/") + "**";
    }

    @ParameterizedTest
    @CsvSource({
        "/users/{id},        /v2/people/{id},      /users/7,           /v2/people/7",
        "/users/{id},        /v2/people-{id}.json, /users/caf%C3%A9,   /v2/people-caf%C3%A9.json",
        "/a/{x}/{y},         /{y}/{x},             /a/1/2,             /2/1",
        "/files/{rest**},    /store/{rest**},      /files/a/b%20c,     /store/a/b%20c",
        "/u/{id}/{rest**},   /{id}/all/{rest**},   /u/7/x/y,           /7/all/x/y",
        "/u/{id}/**,         /{id}/**,             /u/7/x/,            /7/x/",
        "/u/{id}/**,         /fixed,               /u/7/x,             /fixed"
    })
    void fillsInParametersOfThePath(String pattern, String template, String path, String expected) {
        assertThat(rewritten(Rewriting.of(template, PathPattern.of(pattern)), path)
                        .path())
                .isEqualTo(expected);
    }

    @Test
    void replacesThePathAndTheHostNameAtOnce() {
        var outbound = rewritten(
                rewriting(Map.of("path", "/one/**", "host", "named", "host-name", "one.example.org"), "/**"), "/two");
        assertThat(outbound).isEqualTo(new Outbound("/one/two", null, "one.example.org", false));
    }

    @Test
    void keepsTheHostOfTheClientWhereThatIsAsked() {
        assertThat(rewritten(rewriting(Map.of("host", "client"), "/**"), "/two").host())
                .isEqualTo("api.example:8443");
    }

    @Test
    void changesTheQueryAndLeavesThePathThatWasRewrittenBefore() {
        var query = rewriting(Map.of("set-query", List.of(Map.of("name", "a", "value", "1"))), "/x/**");
        var both = Rewriting.of("/y/**", PathPattern.of("/x/**")).before(exchange -> query.filter(exchange, OK));
        var exchange = Exchanges.get("/x/z?a=0&b=2");
        both.handle(exchange);
        assertThat(exchange.outbound()).isEqualTo(new Outbound("/y/z", "b=2&a=1", "", false));
    }

    @Test
    void refusesTheRequestWhosePathWouldHaveTwoReadings() {
        var rewriting = Rewriting.of("/x/{rest**}", PathPattern.of("/{rest**}"));
        for (var path : List.of("//evil", "/../secret", "/a//b", "/a/./b")) {
            var answer = rewriting.filter(Exchanges.get(path), NEVER);
            assertThat(Objects.requireNonNull(answer.rejection()).refusal()).isEqualTo(Refusal.AMBIGUOUS_PATH);
        }
    }

    @Test
    void makesOfACanonicalPathACanonicalPathThatStaysBelowItsOwnOrNone() {
        var random = new Random(20260401);
        var pieces = List.of(".", "..", "a", "%2F", "%3F", "%23", "%25", "%C3%A9", "&", "=", "@", ":", "~", "+", ",");
        var patterns = List.of("/p/{id}", "/p/{id}/{rest**}", "/p/{id}/**");
        var templates = List.of("/t/{id}", "/t/.{id}", "/t/x{id}y", "/t/..{id}", "/t/{id}{id}", "/t/{id}/z");
        int rewritten = 0;
        for (int i = 0; i < 20_000; i++) {
            var path = new StringBuilder("/p/x");
            for (int length = random.nextInt(6); length > 0; length--) {
                path.append(random.nextInt(4) == 0 ? "/" : "").append(pieces.get(random.nextInt(pieces.size())));
            }
            if (!(CanonicalPath.of(path.toString()) instanceof CanonicalPath.Path(String canonical))) {
                continue;
            }
            var pattern = PathPattern.of(patterns.get(random.nextInt(patterns.size())));
            if (pattern.toString().equals("/p/{id}") && canonical.indexOf('/', 3) >= 0) {
                continue;
            }
            if (pattern.toString().endsWith("{rest**}") && canonical.indexOf('/', 3) < 0) {
                continue;
            }
            var exchange = Exchanges.get(canonical);
            var template = templates.get(random.nextInt(templates.size()));
            if (Rewriting.of(template, pattern).filter(exchange, OK).rejection() == null) {
                var sent = Objects.requireNonNull(exchange.outbound()).path();
                assertThat(CanonicalPath.of(sent)).as(canonical).isEqualTo(new CanonicalPath.Path(sent));
                assertThat(sent).startsWith("/t/").doesNotContain("?", "#", "//");
                rewritten++;
            }
        }
        assertThat(rewritten).isGreaterThan(2_000);
    }

    private static Rewriting rewriting(Map<String, Object> plain, String pattern) {
        return Rewriting.of(Settings.read(Rewrite.class, plain).orThrow(), PathPattern.of(pattern));
    }

    private static Outbound rewritten(Rewriting rewriting, String path) {
        Exchange exchange = Exchanges.get(path);
        rewriting.filter(exchange, OK);
        return Objects.requireNonNull(exchange.outbound());
    }
}
