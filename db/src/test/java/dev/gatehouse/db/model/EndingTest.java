package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Samples;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {

    private static final Map<String, Object> PATH = Map.of("path", "/users/{id}");

    @Test
    void isOneOfThree() {
        assertThat(problems(Map.of("match", PATH)))
                .containsExactly(new Problem("", "Must have exactly one of forward, redirect, reply, signing-keys."));
        assertThat(problems(Map.of("match", PATH, "forward", Map.of("service", "users"), "reply", Map.of())))
                .containsExactly(new Problem(
                        "", "Must have exactly one of forward, redirect, reply, signing-keys; has forward and reply."));
        assertThat(Settings.read(Route.class, Map.of("match", PATH, "reply", Map.of()))
                        .orThrow()
                        .ending())
                .isEqualTo(new Reply(200, "text/plain; charset=utf-8", List.of(), ""));
    }

    @Test
    void namesAServiceOrSplitsBetweenSeveral() {
        assertThat(forward(Map.of())).containsExactly(new Problem("forward.service", "Must be given."));
        var split = List.of(Map.of("service", "users", "weight", 95), Map.of("service", "users-next", "weight", 5));
        assertThat(forward(Map.of("split", split))).isEmpty();
        assertThat(forward(Map.of("split", split, "service", "users")))
                .extracting(Problem::path)
                .containsExactly("forward.service");
        assertThat(forward(Map.of("split", List.of(Map.of("service", "users", "weight", 0)))))
                .containsExactly(new Problem("forward.split", "At least one weight must be more than 0."));
        assertThat(forward(Map.of("split", List.of(Map.of("service", "users"), Map.of("service", "users")))))
                .containsExactly(new Problem("forward.split[1].service", "'users' is listed twice."));
    }

    @Test
    void sticksOnlyWhereThereIsSomethingToStickTo() {
        assertThat(forward(Map.of("service", "users", "sticky", Map.of("by", "cookie"))))
                .extracting(Problem::path)
                .containsExactly("forward.sticky.by");
        var split = List.of(Map.of("service", "users"), Map.of("service", "next"));
        assertThat(forward(Map.of("split", split, "sticky", Map.of("by", "cookie"))))
                .isEmpty();
        assertThat(problems(Map.of(
                        "match",
                        PATH,
                        "public",
                        true,
                        "forward",
                        Map.of("split", split, "sticky", Map.of("by", "consumer")))))
                .extracting(Problem::path)
                .containsExactly("forward.sticky.by");
        assertThat(forward(Map.of("split", split, "sticky", Map.of("same-site", "none", "secure", false))))
                .extracting(Problem::path)
                .containsExactly("forward.sticky.same-site");
    }

    @Test
    void tellsEachServiceThatDoesNotExistWhereItIsNamed() {
        var forward = new Forward(
                "",
                "",
                List.of(new Forward.Share("users", 1), new Forward.Share("gone", 1)),
                Sticky.NONE,
                List.of(new Forward.Mirror("lost", 100)));
        var route = Samples.route(Match.of("/a"), forward);
        var snapshot = new Snapshot(Map.of("users", Samples.service(9101)), Map.of("a", route), Map.of(), Map.of());
        assertThat(SnapshotRules.check(snapshot))
                .containsExactly(
                        new Problem("routes.a.forward.split[1].service", "There is no service 'gone'."),
                        new Problem("routes.a.forward.mirror[0].service", "There is no service 'lost'."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/users/{id}|",
                "/v2/{name}|    redirect.path",
                "/v2/**|        redirect.path",
                "/v2/../{id}|   redirect.path",
                "/v2?x=1|       redirect.path",
                "//evil.example|redirect.path"
            })
    void redirectsOnlyToAPathThatItCanFill(String path, String problem) {
        assertThat(problems(Map.of("match", PATH, "redirect", Map.of("path", path))))
                .extracting(Problem::path)
                .isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @Test
    void refusesARedirectToWhereTheClientIs() {
        assertThat(problems(Map.of("match", PATH, "redirect", Map.of())))
                .extracting(Problem::path)
                .containsExactly("redirect");
        assertThat(problems(Map.of("match", PATH, "redirect", Map.of("scheme", "https"))))
                .isEmpty();
    }

    @Test
    void refusesToReplyWithWhatCannotBeSent() {
        assertThat(reply(Map.of("status", 204, "body", "x"))).containsExactly("reply.body");
        assertThat(reply(Map.of("body", "ü".repeat(32_769)))).containsExactly("reply.body");
        assertThat(reply(Map.of("body", "x".repeat(65_536)))).isEmpty();
        assertThat(reply(Map.of("body", "{\n\t\"state\": \"ok\"\n}\n"))).isEmpty();
        assertThat(reply(Map.of("body", "\u0000"))).containsExactly("reply.body");
        assertThat(reply(Map.of("status", 101))).containsExactly("reply.status");
        assertThat(reply(Map.of("headers", List.of(Map.of("name", "Content-Length", "value", "7")))))
                .containsExactly("reply.headers[0].name");
        assertThat(reply(Map.of("headers", List.of(Map.of("name", "Content-Type", "value", "a/b")))))
                .containsExactly("reply.headers[0].name");
        assertThat(reply(Map.of("headers", List.of(Map.of("name", "X-A", "value", "a\r\nSet-Cookie: x")))))
                .containsExactly("reply.headers[0].value");
    }

    private static List<String> reply(Map<String, Object> reply) {
        return problems(Map.of("match", PATH, "reply", reply)).stream()
                .map(Problem::path)
                .toList();
    }

    private static List<Problem> forward(Map<String, Object> forward) {
        return problems(Map.of("match", PATH, "forward", forward));
    }

    private static List<Problem> problems(Map<String, Object> route) {
        return Settings.read(Route.class, route).problems();
    }
}
