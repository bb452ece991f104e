package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas from a published file to what callers see and the ledger keeps. */
class QuotaNodeTest {

    private final AtomicInteger served = new AtomicInteger();
    private final Upstream upstream = new Upstream(exchange -> {
        served.incrementAndGet();
        Upstream.answer(exchange, "here");
    });
    private Site site;
    private Main first;
    private Main second;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        first = site.start("first");
        second = site.start("second");
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
    }

    private String configure(String consumer) {
        return site.configure("""
                services:
                  here: { targets: [ "%s" ] }
                  gone: { targets: [ "http://127.0.0.1:1" ] }
                plans:
                  small: { quotas: [ { name: daily, amount: 4, every: day, zone: Europe/Berlin, alerts: [ 80 ] } ] }
                consumers: { shop: { keys: [ demo ], plans: [ small ] %s } }
                routes:
                  here: { match: { path: /here }, forward: { service: here } }
                  gone: { match: { path: /gone }, forward: { service: gone } }
                  open: { match: { path: /open }, public: true, forward: { service: here } }
                """.formatted(upstream.url(), consumer));
    }

    @Test
    void holdsSubscribersToTheQuotaOfTheirPlanOnAllNodes() {
        var key = configure("");
        for (int left = 3; left >= 0; left--) {
            var answer = Call.get(left % 2 == 0 ? first : second, "/here", "X-API-Key", key);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"daily\";q=4");
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).matches("\"daily\";r=\\d;t=\\d+");
        }

        var refused = Call.get(second, "/here", "X-API-Key", key);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .contains(
                        "\"code\":\"quota-exhausted\"",
                        "Quota 'daily' admits 4 per day and consumer",
                        "violated-policies");
        var wait = Duration.ofSeconds(
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()));
        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofHours(25));
        assertThat(Call.get(first, "/open").statusCode()).isEqualTo(200);
        assertThat(served).hasValue(5);
    }

    @Test
    void takesNothingForWhatNoServiceHasSeen() {
        var key = configure("");
        for (int i = 0; i < 9; i++) {
            assertThat(Call.get(first, "/gone", "X-API-Key", key).statusCode()).isEqualTo(502);
            assertThat(Call.get(first, "/nowhere", "X-API-Key", key).statusCode())
                    .isEqualTo(404);
        }
        await().untilAsserted(() -> {
            var answer = Call.get(first, "/here", "X-API-Key", key);
            assertThat(answer.statusCode()).isEqualTo(200);
        });
    }

    @Test
    void aBonusAdmitsMoreWithoutANewPeriod() {
        var key = configure("");
        for (int i = 0; i < 5; i++) {
            Call.get(first, "/here", "X-API-Key", key);
        }
        assertThat(served).hasValue(4);

        configure(", bonuses: [ { quota: daily, amount: 1, until: \"9999-12-31\" } ]");

        await().until(() -> Call.get(second, "/here", "X-API-Key", key).statusCode() == 200);
        assertThat(Call.get(first, "/here", "X-API-Key", key).statusCode()).isEqualTo(429);
        assertThat(served).hasValue(5);
    }
}
