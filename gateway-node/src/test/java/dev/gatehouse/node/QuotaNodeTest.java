package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas from a published file to what callers see and the ledger keeps. */
class QuotaNodeTest {

    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Upstream upstream = new Upstream(exchange -> {
        served.incrementAndGet();
        if (exchange.getRequestURI().getPath().equals("/slow")) {
            awaitOver();
        }
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

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
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
                  slow:
                    match: { path: /slow }
                    forward: { service: here }
                    resilience: { try-timeout: 1s }
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
                        "Quota 'daily' admits 4 requests per day and consumer",
                        "violated-policies");
        var wait = Duration.ofSeconds(
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()));
        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofHours(25));
        assertThat(Call.get(first, "/open").statusCode()).isEqualTo(200);
        assertThat(served).hasValue(5);
        assertThat(Call.health(first, "/metrics").body())
                .contains(
                        "gatehouse_quota_accounts 1\n",
                        "gatehouse_quota_drift ",
                        "gatehouse_quota_ledger_away 0\n",
                        "gatehouse_limit_standing{");
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
    void takesItForWhatAServiceHasSeenAndDidNotAnswerInTime() {
        var key = configure("");
        assertThat(Call.get(first, "/slow", "X-API-Key", key).body()).contains("\"code\":\"upstream-try-timeout\"");
        for (int i = 0; i < 3; i++) {
            assertThat(Call.get(first, "/here", "X-API-Key", key).statusCode()).isEqualTo(200);
        }
        assertThat(Call.get(first, "/here", "X-API-Key", key).statusCode()).isEqualTo(429);
        assertThat(served).hasValue(4);
    }

    @Test
    void countsBytesOfRequestsAndOfAnswers() throws Exception {
        var key = site.configure("""
                services: { here: { targets: [ "%s" ] } }
                consumers: { shop: { keys: [ demo ] } }
                routes:
                  up:
                    match: { path: /up }
                    policies: [ { quota: { amount: 5000, every: day, cost: { by: request-bytes }, name: up } } ]
                    forward: { service: here }
                  down:
                    match: { path: /down }
                    policies: [ { quota: { amount: 6, every: day, cost: { by: response-bytes }, name: down } } ]
                    forward: { service: here }
                """.formatted(upstream.url()));

        assertThat(upload(key, BodyPublishers.ofByteArray(new byte[2_000]))).isEqualTo(200);
        assertThat(upload(key, BodyPublishers.ofByteArray(new byte[3_001]))).isEqualTo(429);
        assertThat(upload(key, BodyPublishers.ofByteArray(new byte[6_001])))
                .as("more than there ever is")
                .isEqualTo(413);
        // nobody knows before how long it is: what it was is charged, and closes the quota
        assertThat(upload(key, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[4_000]))))
                .isEqualTo(200);
        await().until(() -> upload(key, BodyPublishers.ofByteArray(new byte[1])) == 429);

        var answer = Call.get(second, "/down", "X-API-Key", key);
        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"down\";q=6;qu=\"content-bytes\"");
        await().until(() -> Call.get(second, "/down", "X-API-Key", key).statusCode() == 429);
        await().untilAsserted(() -> assertThat(site.used("up")).isGreaterThanOrEqualTo(6_000));
    }

    @Test
    void limitsRefuseBeforeAQuotaHearsOfItAndWhatAQuotaRefusesTakesNothingOfThem() {
        var key = site.configure("""
                services: { here: { targets: [ "%s" ] } }
                consumers: { shop: { keys: [ demo ] } }
                routes:
                  narrow:
                    match: { path: /narrow }
                    policies:
                      - rate-limit: { requests: 1, window: 1h, name: narrow }
                      - quota: { amount: 9, every: day, name: wide }
                    forward: { service: here }
                  spent:
                    match: { path: /spent }
                    policies:
                      - rate-limit: { requests: 3, window: 1h, name: roomy }
                      - quota: { amount: 1, every: day, name: little }
                    forward: { service: here }
                """.formatted(upstream.url()));

        assertThat(Call.get(first, "/narrow", "X-API-Key", key).headers().allValues("RateLimit"))
                .hasSize(2);
        var limited = Call.get(first, "/narrow", "X-API-Key", key);
        assertThat(limited.body()).contains("\"code\":\"rate-limited\"");
        assertThat(limited.headers().allValues("RateLimit"))
                .singleElement()
                .asString()
                .startsWith("\"narrow\";r=0");

        Call.get(first, "/spent", "X-API-Key", key);
        for (int i = 0; i < 5; i++) {
            assertThat(Call.get(first, "/spent", "X-API-Key", key).body()).contains("\"code\":\"quota-exhausted\"");
        }
    }

    @Test
    void namesAllQuotasOfWhichNothingIsLeftAndTheLongestWaitAndShowsWhomTheyRefuse() {
        var key = site.configure("""
                services: { here: { targets: [ "%s" ] } }
                consumers: { shop: { keys: [ demo ] } }
                routes:
                  both:
                    match: { path: /both }
                    policies:
                      - quota: { amount: 1, every: day, name: daily }
                      - quota: { amount: 1, every: custom, length: 366d, name: yearly }
                    forward: { service: here }
                  one:
                    match: { path: /one }
                    policies: [ { quota: { amount: 1, every: custom, length: 366d, name: yearly } } ]
                    forward: { service: here }
                """.formatted(upstream.url()));
        assertThat(Call.get(first, "/both", "X-API-Key", key).statusCode()).isEqualTo(200);
        assertThat(Call.get(first, "/both", "X-API-Key", key).body())
                .as("as far as it is known without asking")
                .contains("\"violated-policies\":[\"daily\"]");
        assertThat(Call.get(first, "/one", "X-API-Key", key).statusCode()).isEqualTo(429);

        var refused = Call.get(first, "/both", "X-API-Key", key);

        assertThat(refused.body()).contains("\"violated-policies\":[\"daily\",\"yearly\"]");
        long longest = refused.headers().allValues("RateLimit").stream()
                .mapToLong(told -> Long.parseLong(told.substring(told.lastIndexOf('=') + 1)))
                .max()
                .orElseThrow();
        assertThat(refused.headers().allValues("RateLimit")).hasSize(2);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(longest, longest + 1);
        assertThat(Call.health(first, "/metrics").body())
                .contains(
                        "gatehouse_limit_refused_total{limit=\"daily\"} 2",
                        "gatehouse_limit_refused_total{limit=\"yearly\"} 2");
        try (var redis = Redis.open(RedisServer.shared().url(), "test", 1, Duration.ofSeconds(5))) {
            var sightings = new LimitSightings(redis);
            await().until(() -> seen(sightings).contains(new LimitSightings.Sighting("yearly", "consumer:shop")));
        }
    }

    private static List<LimitSightings.Sighting> seen(LimitSightings sightings) {
        long now = Instant.now().getEpochSecond();
        return sightings.refused(now - 60, now, 99).stream()
                .map(LimitSightings.Seen::sighting)
                .toList();
    }

    private int upload(String key, BodyPublisher body) throws Exception {
        var request =
                Call.request(first.port(), "/up", "X-API-Key", key).POST(body).build();
        return Call.CLIENT.send(request, BodyHandlers.discarding()).statusCode();
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
