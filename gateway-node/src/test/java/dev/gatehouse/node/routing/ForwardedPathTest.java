package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.conformance.RawUpstream;
import dev.gatehouse.node.conformance.Sent;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import dev.gatehouse.node.server.RawClient;
import dev.gatehouse.node.wire.CanonicalPath;
import dev.gatehouse.node.wire.PathCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was matched is what is forwarded, after any rewrite too. */
class ForwardedPathTest {

    private static final String UNMATCHED = "";

    private static final List<String> PATTERNS = List.of(
            "/**",
            "/",
            "/public/**",
            "/admin/**",
            "/public",
            "/a/b/**",
            "/a.b/**",
            "/A/**",
            "/~x/**",
            "/(x)/**",
            "/{a}",
            "/{a}/b",
            "/{a}/{b}/**",
            "/a/{rest**}",
            "/{a}/{rest**}",
            "/é/{a}");
    private static final List<String> REWRITES = List.of(
            "",
            "/",
            "/**",
            "/b",
            "/b/**",
            "/internal/v1/**",
            "/b.c/~d/**",
            "/admin/**",
            "/b/",
            "/a:b@c/**",
            "/{a}",
            "/x-{a}.y",
            "/{b}/{a}",
            "/{b}{a}/**",
            "/..{a}",
            "/{rest**}",
            "/{a}/é/{rest**}");
    private static final List<String> PIECES = List.of(
            "/", "//", ".", "..", "%2e", "%2E", "a", "A", "b", "public", "admin", "%61", "%c3%a9", "%C3%A9", "%2f",
            "%5c", "\\", "%25", "%252e", "%00", "%ff", ";", "~", "%7e", "%7E", "(x)", ":", "@", "%3f", "%23", "*");

    private final Compiling compiling = new Compiling();
    private final RawUpstream upstream = new RawUpstream();
    private final Gateway gateway = new Gateway();
    private final AtomicReference<String> matched = new AtomicReference<>(UNMATCHED);
    private final HttpListener listener = HttpListener.start(ListenerSettings.of("127.0.0.1", 0), exchange -> {
        var answer = gateway.handle(exchange);
        matched.set(exchange.route() == null ? UNMATCHED : exchange.path());
        return answer;
    });
    private final Random random = new Random(20260101);

    @AfterEach
    void stop() {
        listener.close();
        compiling.close();
        upstream.close();
    }

    @Test
    void isTheSamePathOverTheWireAsTheOneThatWasMatched() {
        int forwarded = 0;
        int rewritten = 0;
        for (var pattern : PATTERNS) {
            for (var rewrite : REWRITES) {
                var route = route(pattern, rewrite);
                if (!Settings.check(route).isEmpty()) {
                    continue;
                }
                serve(route);
                for (var raw : spellings(pattern)) {
                    var seen = ask(raw);
                    if (seen.isEmpty()) {
                        continue;
                    }
                    var path = matched.get();
                    assertThat(CanonicalPath.of(raw)).isEqualTo(new CanonicalPath.Path(path));
                    assertThat(seen)
                            .as(raw + " by " + pattern + " to " + rewrite)
                            .containsOnly(expected(route, path));
                    assertThat(CanonicalPath.of(seen.getFirst())).isEqualTo(new CanonicalPath.Path(seen.getFirst()));
                    forwarded++;
                    rewritten += seen.getFirst().equals(path) ? 0 : 1;
                }
            }
        }
        assertThat(forwarded).isGreaterThan(500);
        assertThat(rewritten).isGreaterThan(200);
    }

    /** The rule as the documentation has it. */
    private static String expected(Route route, String path) {
        var rewrite = route.ending() instanceof Forward forward ? forward.rewrite() : "";
        if (rewrite.isEmpty()) {
            return path;
        }
        var asked = List.of(path.substring(1).split("/", -1));
        var pattern = List.of(route.match().path().substring(1).split("/", -1));
        var whole = rewrite.replace("é", "%C3%A9");
        for (int i = 0; i < pattern.size(); i++) {
            if (pattern.get(i).endsWith("**}")) {
                whole = whole.replace(pattern.get(i), String.join("/", asked.subList(i, asked.size())));
            } else if (pattern.get(i).startsWith("{")) {
                whole = whole.replace(pattern.get(i), asked.get(i));
            }
        }
        if (whole.endsWith("/**")) {
            var beneath = asked.subList(pattern.size() - 1, asked.size());
            whole = whole.substring(0, whole.length() - 3) + (beneath.isEmpty() ? "" : "/" + String.join("/", beneath));
        }
        return whole.isEmpty() ? "/" : whole;
    }

    private static Route route(String pattern, String rewrite) {
        return new Route(
                Match.of(pattern),
                true,
                List.of(),
                new Forward("users", rewrite),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private void serve(Route route) {
        var services = Map.of("users", Compiling.service("http://127.0.0.1:" + upstream.port()));
        var snapshot = new Snapshot(services, Map.of("route", route), Map.of(), Map.of());
        gateway.swap(compiling.compile(snapshot, RouteTable.NONE).table());
    }

    /** The listed ones, and some that begin as the route does. */
    private List<String> spellings(String pattern) {
        var spellings = new ArrayList<>(PathCases.all()
                .map(PathCases.Case::target)
                .filter(target -> target.matches("/[!-\"$->@-~]*"))
                .toList());
        for (int i = 0; i < 60; i++) {
            var stem = pattern.replaceFirst("/(\\*\\*|\\{rest\\*\\*})$", "").replace("é", "%c3%a9");
            var path = new StringBuilder();
            for (var segment : stem.split("\\{.}", -1)) {
                path.append(path.isEmpty() ? "" : PIECES.get(random.nextInt(PIECES.size())))
                        .append(segment);
            }
            path.append(path.isEmpty() || random.nextInt(8) > 0 ? "/" : "");
            for (int length = random.nextInt(5); length > 0; length--) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            spellings.add(path.isEmpty() ? "/" : path.toString());
        }
        return spellings;
    }

    /** The targets that reached the service. */
    private List<String> ask(String raw) {
        upstream.forget();
        matched.set(UNMATCHED);
        RawClient.ask(listener.port(), "GET " + raw + " HTTP/1.1\nHost: a\nConnection: close\n\n");
        assertThat(upstream.offences()).isEmpty();
        return upstream.requests().stream().map(Sent::target).toList();
    }
}
