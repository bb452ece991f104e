package dev.gatehouse.db.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a save refuses of each policy, and where it says so. */
class PoliciesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "keep-alive",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "transfer_encoding",
                "Upgrade",
                "Content-Length",
                "content_length",
                "Host",
                "Forwarded",
                "X-Forwarded-For",
                "X-Request-Id",
                "Via",
                "Gatehouse-Mirror",
                "Client-Cert"
            })
    void noPolicySaysWhatFramesAMessageOrTellsWhoIsCalling(String name) {
        var set = List.of(Map.of("name", name, "value", "x"));
        assertThat(paths("request-headers", Map.of("set", set))).containsExactly("set[0].name");
        assertThat(paths("request-headers", Map.of("append", set))).containsExactly("append[0].name");
        assertThat(paths("request-headers", Map.of("remove", List.of(name)))).containsExactly("remove[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Transfer-Encoding", "Content-Length", "Trailer", "Via"})
    void noPolicyFramesAnAnswer(String name) {
        assertThat(paths("response-headers", Map.of("remove", List.of(name)))).containsExactly("remove[0]");
    }

    @Test
    void aHeaderIsSetOrAppendedToOrRemoved() {
        var one = List.of(Map.of("name", "X-One", "value", "1"));
        assertThat(paths("request-headers", Map.of("set", one, "append", one))).containsExactly("set[0].name");
        assertThat(paths("request-headers", Map.of("set", one, "remove", List.of("x-one"))))
                .containsExactly("remove[0]");
        assertThat(paths("request-headers", Map.of("append", List.of(one.getFirst(), one.getFirst()))))
                .isEmpty();
        assertThat(paths("response-headers", Map.of("remove", List.of("a", "A"))))
                .containsExactly("remove[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id}|",
                "user {id} of {consumer} at {client.address} on {host} ({request.id})|",
                "{{not a name}}|",
                "{name}|{name} is not known here. Known: id, client.address, consumer, host, request.id.",
                "{id|A { is not closed; a brace itself is written {{.",
                "id}|A } was never opened; a brace itself is written }}."
            })
    void aValueNamesOnlyWhatTheRouteKnows(String value, String problem) {
        var set = Map.<String, Object>of("set", List.of(Map.of("name", "X-A", "value", value)));
        var expected =
                problem == null ? List.of() : List.of(new Problem("policies[0].request-headers.set[0].value", problem));
        assertThat(problems("request-headers", set)).isEqualTo(expected);
    }

    @Test
    void aRewriteFillsItsPathFromTheRoutes() {
        assertThat(paths("rewrite", Map.of("path", "/v2/{id}"))).isEmpty();
        assertThat(paths("rewrite", Map.of("path", "/v2/{name}"))).containsExactly("path");
        assertThat(paths("rewrite", Map.of("path", "/v2/**"))).containsExactly("path");
        assertThat(paths("rewrite", Map.of("set-query", List.of(Map.of("name", "a", "value", "{no}")))))
                .containsExactly("set-query[0].value");
        assertThat(paths("rewrite", Map.of("host", "named"))).containsExactly("host-name");
        assertThat(paths("rewrite", Map.of("host-name", "a.example"))).containsExactly("host-name");
        assertThat(paths(
                        "rewrite",
                        Map.of("set-query", List.of(Map.of("name", "a", "value", "1")), "remove-query", List.of("a"))))
                .containsExactly("remove-query[0]");
    }

    @Test
    void thePathIsRewrittenOnceAndOnlyForAService() {
        assertThat(Settings.read(
                                Route.class,
                                Map.of(
                                        "match", Map.of("path", "/a"),
                                        "forward", Map.of("service", "users", "rewrite", "/b"),
                                        "policies", List.of(Map.of("rewrite", Map.of("path", "/c")))))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("policies[0].rewrite.path");
        assertThat(Settings.read(
                                Route.class,
                                Map.of(
                                        "match", Map.of("path", "/a"),
                                        "reply", Map.of(),
                                        "policies", List.of(Map.of("rewrite", Map.of("path", "/c")))))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("policies[0].rewrite");
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "https://app.example.com, true",
        "http://localhost:3000, true",
        "http://127.0.0.1:3000, true",
        "http://[::1]:3000, true",
        "https://*.example.com, true",
        "https://*.example.com:8443, true",
        "app://page, true",
        "null, false",
        "app.example.com, false",
        "*.example.com, false",
        "https://app.example.com/, false",
        "https://app.example.com:443, false",
        "http://app.example.com:80, false",
        "https://App.example.com, false",
        "https://a.*.example.com, false",
        "https://*, false",
        "https://app.example.com:99999, false"
    })
    void anOriginIsWrittenAsBrowsersSayIt(String origin, boolean taken) {
        assertThat(paths("cors", Map.of("origins", List.of(origin))).isEmpty()).isEqualTo(taken);
    }

    @Test
    void noCredentialsForEveryOrigin() {
        assertThat(paths("cors", Map.of("origins", List.of("https://a.example", "*"), "credentials", true)))
                .containsExactly("origins[1]");
        assertThat(paths(
                        "cors",
                        Map.of("origins", List.of("https://a.example"), "expose", List.of("*"), "credentials", true)))
                .containsExactly("expose[0]");
        assertThat(paths("cors", Map.of("origins", List.of()))).containsExactly("origins");
    }

    @Test
    void aFaultDoesSomething() {
        assertThat(problems("fault", Map.of())).extracting(Problem::path).containsExactly("policies[0].fault");
        assertThat(problems("fault", Map.of("delay", "1s", "delay-percent", 0))).hasSize(1);
        assertThat(problems("fault", Map.of("delay", "1s"))).isEmpty();
        assertThat(problems("fault", Map.of("abort-percent", 5))).isEmpty();
        assertThat(paths("fault", Map.of("abort-percent", 5, "abort-status", 200)))
                .containsExactly("abort-status");
    }

    @Test
    void maintenanceLetsBlocksOfAddressesThrough() {
        assertThat(problems("maintenance", Map.of())).isEmpty();
        assertThat(problems("maintenance", Map.of("addresses", List.of("10.0.0.0/8", "::1", "192.0.2.7"))))
                .isEmpty();
        assertThat(paths("maintenance", Map.of("addresses", List.of("office.example"))))
                .containsExactly("addresses[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cors", "maintenance", "fault", "rewrite"})
    void aRouteHasOneOfTheseAtMost(String name) {
        var settings = Map.of("cors", Map.of("origins", List.of("*")), "fault", Map.of("abort-percent", 1));
        var policy = Map.of(name, settings.getOrDefault(name, Map.of()));
        var route = Map.of(
                "match", Map.of("path", "/a"),
                "forward", Map.of("service", "users"),
                "policies", List.of(policy, policy));
        assertThat(Settings.read(Route.class, route).problems())
                .containsExactly(new Problem("policies[1]." + name, "A route has at most one policy of this kind."));
    }

    private static List<String> paths(String name, Map<String, Object> policy) {
        return problems(name, policy).stream()
                .map(problem -> problem.path().substring(("policies[0]." + name + ".").length()))
                .toList();
    }

    /** On a route of {@code /users/{id}}. */
    private static List<Problem> problems(String name, Map<String, Object> policy) {
        return Settings.read(
                        Route.class,
                        Map.of(
                                "match", Map.of("path", "/users/{id}"),
                                "forward", Map.of("service", "users"),
                                "policies", List.of(Map.of(name, policy))))
                .problems();
    }
}
