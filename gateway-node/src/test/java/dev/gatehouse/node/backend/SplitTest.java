package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Sticky;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final List<Forward.Share> HALVES =
            List.of(new Forward.Share("users", 1), new Forward.Share("users-next", 1));

    /** The Gateway API's weights: 70, 30 and 0. */
    @Test
    void splitsByWeightAndSendsNothingToAWeightOfNone() {
        var shares = List.of(new Forward.Share("a", 70), new Forward.Share("b", 30), new Forward.Share("c", 0));
        var split = split(shares, Map.of());
        var counts = IntStream.range(0, 10_000)
                .mapToObj(_ -> service(split.handle(Exchanges.get("/"))))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        // five standard deviations
        double bound = 5 * Math.sqrt(0.7 * 0.3 * 10_000);
        assertThat((double) counts.getOrDefault("a", 0L)).isBetween(7_000 - bound, 7_000 + bound);
        assertThat(counts).containsOnlyKeys("a", "b");
    }

    @Test
    void keepsAConsumerWhereverItCallsFrom() {
        var split = split(HALVES, Map.of("by", "consumer"));
        var met = new HashSet<String>();
        for (int consumer = 0; consumer < 50; consumer++) {
            var services = new HashSet<String>();
            for (int call = 0; call < 20; call++) {
                var exchange = Exchanges.from("203.0.113." + call);
                exchange.caller(new Caller("consumer-" + consumer, "abcdefgh"));
                services.add(service(split.handle(exchange)));
            }
            assertThat(services).hasSize(1);
            met.addAll(services);
        }
        assertThat(met).hasSize(2);
    }

    @Test
    void keepsAnAddressAndTakesANetworkOfIpv6ForOne() {
        var split = split(HALVES, Map.of("by", "address"));
        for (int network = 0; network < 50; network++) {
            var services = new HashSet<String>();
            for (int host = 1; host < 20; host++) {
                services.add(service(split.handle(Exchanges.from("2001:db8:0:" + network + "::" + host))));
            }
            assertThat(services).hasSize(1);
        }
        var met = IntStream.range(0, 50)
                .mapToObj(host -> service(split.handle(Exchanges.from("203.0.113." + host))))
                .collect(Collectors.toSet());
        assertThat(met).hasSize(2);
    }

    @Test
    void knowsABrowserAgainByTheCookieItGaveOut() {
        var split = split(HALVES, Map.of("by", "cookie"));
        var met = new HashSet<String>();
        for (int browser = 0; browser < 50; browser++) {
            var first = split.handle(Exchanges.get("/"));
            var given = first.headers().first("Set-Cookie").orElseThrow();
            var cookie = given.substring(0, given.indexOf(';'));
            assertThat(cookie).matches("gatehouse-split=[0-9a-f]{16}");
            for (int call = 0; call < 20; call++) {
                var again = split.handle(Exchanges.get("/", "Cookie", "a=b; " + cookie + "; c=d"));
                assertThat(service(again)).isEqualTo(service(first));
                assertThat(again.headers().contains("Set-Cookie")).isFalse();
            }
            met.add(service(first));
        }
        assertThat(met).hasSize(2);
    }

    @Test
    void saysOfTheCookieWhatIsConfigured() {
        assertThat(attributes(Map.of("by", "cookie")))
                .isEqualTo("; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax");
        assertThat(attributes(Map.of(
                        "by", "cookie",
                        "cookie", "canary",
                        "lifetime", "1h",
                        "secure", false,
                        "http-only", false,
                        "same-site", "strict")))
                .isEqualTo("; Path=/; Max-Age=3600; SameSite=Strict");
    }

    @Test
    void givesOutAnotherCookieInPlaceOfOneItNeverGave() {
        var split = split(HALVES, Map.of("by", "cookie"));
        for (var sent : List.of(
                "gatehouse-split=", "gatehouse-split=admin", "gatehouse-split", "xgatehouse-split=0123456789abcdef")) {
            assertThat(split.handle(Exchanges.get("/", "Cookie", sent))
                            .headers()
                            .contains("Set-Cookie"))
                    .as(sent)
                    .isTrue();
        }
    }

    @Test
    void keepsNobodyWhoseRequestFailed() {
        var split = new Split(
                HALVES,
                sticky(Map.of("by", "cookie")),
                _ -> _ -> Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "Away.").toResponse(),
                new Random(1));
        assertThat(split.handle(Exchanges.get("/")).headers().contains("Set-Cookie"))
                .isFalse();
    }

    @Test
    void keepsACallerOnEveryRouteWithTheSameServices() {
        var one = split(HALVES, Map.of("by", "consumer"));
        var other = split(HALVES.reversed(), Map.of("by", "consumer"));
        for (int consumer = 0; consumer < 50; consumer++) {
            assertThat(service(one.handle(from("consumer-" + consumer))))
                    .isEqualTo(service(other.handle(from("consumer-" + consumer))));
        }
    }

    private static Exchange from(String consumer) {
        var exchange = Exchanges.get("/");
        exchange.caller(new Caller(consumer, "abcdefgh"));
        return exchange;
    }

    private static String attributes(Map<String, Object> sticky) {
        var given = split(HALVES, sticky)
                .handle(Exchanges.get("/"))
                .headers()
                .first("Set-Cookie")
                .orElseThrow();
        return given.substring(given.indexOf(';'));
    }

    private static Split split(List<Forward.Share> shares, Map<String, Object> sticky) {
        return new Split(
                shares,
                sticky(sticky),
                name -> _ -> new Response(200, Headers.of("Service", name), Body.empty()),
                new Random(20260601));
    }

    private static Sticky sticky(Map<String, Object> plain) {
        return Settings.read(Sticky.class, plain).orThrow();
    }

    private static String service(Response response) {
        return response.headers().first("Service").orElseThrow();
    }
}
