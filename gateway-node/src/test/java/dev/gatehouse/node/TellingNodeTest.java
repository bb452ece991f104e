package dev.gatehouse.node;

import static dev.gatehouse.node.SpanCollector.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a node says of each request, and of each time that a service was asked for it: to its access log, and to a collector of spans. */
class TellingNodeTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String UNSAMPLED = "1bf7651916cd43dd8448eb211c80319c";

    @Test
    void tellsOfEachRequestAndEachAttempt(@TempDir Path folder) {
        var over = new CountDownLatch(1);
        var told = new ConcurrentLinkedQueue<String>();
        try (var well = new Upstream(exchange -> {
                    told.add(exchange.getRequestHeaders().getFirst("traceparent"));
                    Upstream.answer(exchange, "well");
                });
                var away = new Upstream(exchange -> {
                    told.add(exchange.getRequestHeaders().getFirst("traceparent"));
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
                var silent = new Upstream(exchange -> waitFor(over));
                var cutting = new Upstream(exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    exchange.getHttpContext().getServer().stop(0);
                });
                var collector = new SpanCollector();
                var site = new Site(
                                PostgresServer.shared(), RedisServer.shared().url(), folder)
                        .telling(collector.told())) {
            var node = site.start("node");
            site.configure("""
                    services:
                      well: { targets: [ "%1$s" ] }
                      failing: { targets: [ { url: "%2$s" }, { url: "%1$s", priority: 1 } ] }
                      slow: { targets: [ { url: "%3$s" }, { url: "%1$s", priority: 1 } ] }
                      cutting: { targets: [ "%4$s" ] }
                    routes:
                      locked: { match: { path: /locked }, forward: { service: well } }
                      again:
                        match: { path: /again }
                        public: true
                        forward: { service: failing }
                        resilience: { retry: { attempts: 1, on: [ "503" ], backoff: 0s } }
                      hedged:
                        match: { path: /hedged }
                        public: true
                        forward: { service: slow }
                        resilience: { hedge: { requests: 1, delay: 20ms } }
                      cut: { match: { path: /cut }, public: true, forward: { service: cutting } }
                    """.formatted(well.url(), away.url(), silent.url(), cutting.url()));

            Call.get(node, "/locked?secret=1");
            Call.get(node, "/locked/unsampled", "traceparent", "00-" + UNSAMPLED + "-b7ad6b7169203331-00");
            Call.get(node, "/again", "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
            Call.get(node, "/hedged");
            over.countDown();
            assertThatIOException()
                    .isThrownBy(() ->
                            Call.CLIENT.send(Call.request(node.port(), "/cut").build(), BodyHandlers.ofString()));

            var locked = line(site, "/locked");
            assertThat(locked.toString())
                    .contains("\"method\":\"GET\"", "\"client\":\"127.0.0.1\"", "\"route\":\"locked\"")
                    .contains("\"status\":401", "\"code\":\"key-missing\"")
                    .doesNotContain("secret", "attempts");

            var again = line(site, "/again");
            assertThat(again.path("trace").asString()).isEqualTo(TRACE);
            assertThat(outcomes(again)).containsExactly(away.url() + " 503", well.url() + " 200");
            assertThat(told).hasSize(3);
            for (var attempt : again.path("attempts")) {
                assertThat(told)
                        .contains("00-" + TRACE + "-" + attempt.path("span").asString() + "-01");
                assertThat(attempt.path("took").asDouble()).isPositive();
            }

            assertThat(outcomes(line(site, "/hedged")))
                    .containsExactly(silent.url() + " given up", well.url() + " 200 hedged");

            var cut = line(site, "/cut");
            assertThat(cut.path("status").asInt()).isEqualTo(200);
            assertThat(cut.path("cut").asString()).isEqualTo("upstream-broken");

            site.stop("node");
            tellsTheCollectorTheSame(collector, again);
        }
    }

    private static void tellsTheCollectorTheSame(SpanCollector collector, JsonNode again) {
        assertThat(collector.spans()).noneMatch(span -> trace(span).equals(UNSAMPLED));

        var locked = collector.own("/locked");
        assertThat(locked.getName()).isEqualTo("GET locked");
        assertThat(locked.getParentSpanId().isEmpty()).isTrue();
        assertThat(attributes(locked))
                .containsEntry("gatehouse.code", "key-missing")
                .doesNotContainKey("error.type")
                .containsEntry("http.response.status_code", "401")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("gatehouse.route", "locked");

        var repeated = collector.own("/again");
        assertThat(trace(repeated)).isEqualTo(TRACE);
        assertThat(HexFormat.of().formatHex(repeated.getParentSpanId().toByteArray()))
                .isEqualTo("b7ad6b7169203331");
        assertThat(repeated.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        var tries = collector.beneath(repeated);
        assertThat(tries)
                .allMatch(span -> span.getKind() == SpanKind.SPAN_KIND_CLIENT
                        && trace(span).equals(TRACE)
                        && span.getStartTimeUnixNano() >= repeated.getStartTimeUnixNano()
                        && span.getEndTimeUnixNano() <= repeated.getEndTimeUnixNano())
                .extracting(SpanCollector::id)
                .containsExactlyElementsOf(again.path("attempts")
                        .valueStream()
                        .map(attempt -> attempt.path("span").asString())
                        .toList());
        assertThat(attributes(tries.getFirst()))
                .containsEntry("http.response.status_code", "503")
                .containsEntry("error.type", "503");
        assertThat(attributes(tries.getLast()))
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.request.resend_count", "1");

        assertThat(collector.beneath(collector.own("/hedged")))
                .satisfiesExactly(
                        first -> assertThat(attributes(first)).containsEntry("gatehouse.given_up", "true"),
                        second -> assertThat(attributes(second)).containsEntry("gatehouse.hedged", "true"));

        var cut = collector.own("/cut");
        assertThat(attributes(cut)).containsEntry("error.type", "upstream-broken");
        assertThat(cut.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    }

    private static String trace(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    private static JsonNode line(Site site, String path) {
        return await().until(() -> site.accessLog("node", path), lines -> !lines.isEmpty())
                .getFirst();
    }

    private static List<String> outcomes(JsonNode line) {
        return line.path("attempts")
                .valueStream()
                .map(attempt -> attempt.path("target").asString()
                        + (attempt.has("status") ? " " + attempt.path("status").asInt() : "")
                        + (attempt.has("code") ? " " + attempt.path("code").asString() : "")
                        + (attempt.has("givenUp") ? " given up" : "")
                        + (attempt.has("hedged") ? " hedged" : ""))
                .toList();
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
