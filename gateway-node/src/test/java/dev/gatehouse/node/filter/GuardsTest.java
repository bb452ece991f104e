package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Addresses;
import dev.gatehouse.db.policy.RequestLimits;
import dev.gatehouse.db.policy.SecurityHeaders;
import dev.gatehouse.db.policy.UserAgents;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {

    @Test
    void takesRequestsFromSomeAddressesOnly() {
        var gate = new AddressGate(read(
                Addresses.class,
                Map.of("allow", List.of("203.0.113.0/24", "2001:db8::/32"), "refuse", List.of("203.0.113.9"))));

        assertThat(refusal(gate, Exchanges.from("203.0.113.5"))).isNull();
        assertThat(refusal(gate, Exchanges.from("2001:db8::1"))).isNull();
        assertThat(refusal(gate, Exchanges.from("203.0.113.9"))).isEqualTo(Refusal.ADDRESS_REFUSED);
        assertThat(refusal(gate, Exchanges.from("198.51.100.1"))).isEqualTo(Refusal.ADDRESS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Scrapy/2.11 (+https://scrapy.org)",
                "python-requests/2.31",
                "sqlmap/1.7"
            })
    void refusesBotsThatCallThemselvesSo(String agent) {
        var gate = new UserAgentGate(read(UserAgents.class, Map.of("bots", true, "allow", List.of("^curl/"))));
        assertThat(refusal(gate, agent(agent))).isEqualTo(Refusal.USER_AGENT_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE) AppleWebKit/537.36",
                "okhttp/4.12",
                "curl/8.5.0",
                ""
            })
    void letsOthersPass(String agent) {
        var gate = new UserAgentGate(read(UserAgents.class, Map.of("bots", true)));
        assertThat(refusal(gate, agent(agent))).isNull();
    }

    @Test
    void letsAllowedUserAgentsPassWhateverIsRefused() {
        var gate = new UserAgentGate(read(
                UserAgents.class,
                Map.of("refuse", List.of("(?i)curl", "Wget"), "allow", List.of("curl/9"), "nameless", true)));

        assertThat(refusal(gate, agent("CURL/8"))).isEqualTo(Refusal.USER_AGENT_REFUSED);
        assertThat(refusal(gate, agent("wget/1"))).isNull();
        assertThat(refusal(gate, agent("curl/9.1"))).isNull();
        assertThat(refusal(gate, Exchanges.get("/"))).isEqualTo(Refusal.USER_AGENT_REFUSED);
    }

    @Test
    void boundsQueryHeadersAndKindsOfBodies() {
        var gate = new RequestGate(read(
                RequestLimits.class,
                Map.of(
                        "media-types",
                        List.of("application/json", "image/*"),
                        "max-query",
                        "20B",
                        "max-parameters",
                        2,
                        "max-headers",
                        2,
                        "max-header",
                        "40B")));

        assertThat(refusal(gate, Exchanges.get("/?a=1&b=2"))).isNull();
        assertThat(refusal(gate, Exchanges.get("/?a=1&b=2&c=3"))).isEqualTo(Refusal.QUERY_TOO_LARGE);
        assertThat(refusal(gate, Exchanges.get("/?" + "a".repeat(21)))).isEqualTo(Refusal.QUERY_TOO_LARGE);
        assertThat(refusal(gate, Exchanges.get("/", "A", "1", "B", "2", "C", "3")))
                .isEqualTo(Refusal.HEAD_TOO_LARGE);
        assertThat(refusal(gate, Exchanges.get("/", "A", "1".repeat(41)))).isEqualTo(Refusal.HEAD_TOO_LARGE);
        assertThat(refusal(gate, post("Application/JSON; charset=utf-8"))).isNull();
        assertThat(refusal(gate, post("image/png"))).isNull();
        assertThat(refusal(gate, post("text/plain"))).isEqualTo(Refusal.MEDIA_TYPE_REFUSED);
        assertThat(refusal(gate, Exchanges.post("/", Body.of(new byte[1])))).isEqualTo(Refusal.MEDIA_TYPE_REFUSED);
    }

    @Test
    void tellsBrowsersToBeCarefulAndLeavesWhatTheServiceSays() {
        var said = Headers.of("Server", "x/1", "X-Frame-Options", "SAMEORIGIN");
        var kept = answer(new SafeAnswers(read(SecurityHeaders.class, Map.of())), said.copy());
        var replaced = answer(
                new SafeAnswers(
                        read(SecurityHeaders.class, Map.of("replace", true, "hsts", "0s", "referrer-policy", ""))),
                said.copy());

        assertThat(kept)
                .containsExactly(
                        new Headers.Field("X-Frame-Options", "SAMEORIGIN"),
                        new Headers.Field("X-Content-Type-Options", "nosniff"),
                        new Headers.Field("Referrer-Policy", "no-referrer"),
                        new Headers.Field("Strict-Transport-Security", "max-age=31536000"));
        assertThat(replaced)
                .containsExactly(
                        new Headers.Field("X-Content-Type-Options", "nosniff"),
                        new Headers.Field("X-Frame-Options", "DENY"));
    }

    private static Headers answer(Filter filter, Headers said) {
        return filter.filter(Exchanges.get("/"), _ -> new Response(200, said, Body.empty()))
                .headers();
    }

    private static Exchange agent(String agent) {
        return Exchanges.get("/", "User-Agent", agent);
    }

    private static Exchange post(String type) {
        return Exchanges.post("/", Body.of(new byte[1]), "Content-Type", type);
    }

    private static <T extends Record> T read(Class<T> type, Map<String, ?> settings) {
        return Settings.read(type, settings).orThrow();
    }

    private static @Nullable Refusal refusal(Filter filter, Exchange exchange) {
        var rejection = filter.filter(exchange, _ -> new Response(200, new Headers(), Body.empty()))
                .rejection();
        return rejection == null ? null : rejection.refusal();
    }
}
