package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds while the servers behind the nodes are gone, killed as a machine loses them. */
class OutageTest {

    private final Upstream upstream = Upstream.echo();
    private PostgresServer postgres = PostgresServer.temporary();
    private RedisServer redis = RedisServer.temporary();
    private Site site;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(postgres, redis.url(), folder);
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
        redis.close();
        postgres.close();
    }

    @Test
    void sharesTheLimitAmongTheNodesWhileRedisIsAway() {
        var first = site.start("first");
        var second = site.start("second");
        var key = site.configure(limited(10, "local"));
        await().until(() -> Call.health(first, "/ready").body().contains("\"ok\":true"));
        redis.kill();

        assertThat(admitted(List.of(first, second), key)).isEqualTo(10);
        assertThat(Call.health(first, "/ready").body()).contains("Redis has not answered since");
        await().untilAsserted(() -> assertThat(site.reports())
                .allSatisfy(known -> assertThat(known.report().problems())
                        .anySatisfy(problem -> assertThat(problem).contains("Redis has not answered since"))));

        redis = redis.restart();
        await().until(() -> !Call.health(first, "/ready").body().contains("Redis has not answered"));
        await().until(() -> !Call.health(second, "/ready").body().contains("Redis has not answered"));
        assertThat(admitted(List.of(first, second), key))
                .as("what was admitted without Redis counts in the same window")
                .isZero();
    }

    @Test
    void admitsNothingWithoutRedisWhereTheLimitSaysSo() {
        var node = site.start("only");
        var key = site.configure(limited(10, "deny"));
        redis.kill();

        var answer = Call.get(node, "/limited", "X-API-Key", key);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("limiter-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void admitsEverythingWithoutRedisWhereTheLimitSaysSo() {
        var node = site.start("only");
        var key = site.configure(limited(10, "allow"));
        redis.kill();

        assertThat(admitted(List.of(node), key)).isEqualTo(40);
    }

    @Test
    void startsAndServesFromItsDiskWhileEverythingIsGone() {
        site.start("only");
        var key = site.configure(limited(10, "local"));
        postgres.kill();
        redis.kill();
        site.stop("only");

        var node = site.start("only");

        assertThat(Call.get(node, "/limited", "X-API-Key", key).statusCode()).isEqualTo(200);
        assertThat(Call.get(node, "/limited").statusCode()).isEqualTo(401);
        assertThat(Call.health(node, "/ready").body()).contains("Revision 1, from the disk.");
    }

    @Test
    void keepsToItsShareWhenItStartsWhileEverythingIsGone() {
        site.start("first");
        var second = site.start("second");
        var key = site.configure(limited(10, "local"));
        await().until(() -> site.shareOf("first") == 2);
        postgres.kill();
        redis.kill();
        site.stop("first");

        var first = site.start("first");

        assertThat(admitted(List.of(first, second), key)).isEqualTo(10);
    }

    @Test
    void takesUpWhatIsPublishedOncePostgresIsBack() {
        var node = site.start("only");
        site.configure(open("/a"));
        postgres.kill();
        await().until(() -> Call.health(node, "/ready").body().contains("PostgreSQL cannot be asked"));
        assertThat(Call.get(node, "/a").statusCode()).isEqualTo(200);

        postgres = postgres.restart();
        site.configure(open("/b"));

        assertThat(Call.get(node, "/a").statusCode()).isEqualTo(404);
        assertThat(Call.get(node, "/b").statusCode()).isEqualTo(200);
    }

    @Test
    void waitsForItsFirstConfigurationAndSaysSo() {
        postgres.kill();
        var node = site.start("only");

        assertThat(Call.health(node, "/live").statusCode()).isEqualTo(200);
        assertThat(Call.health(node, "/ready").statusCode()).isEqualTo(503);
        var answer = Call.get(node, "/a");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no-configuration");

        postgres = postgres.restart();
        site.configure(open("/a"));

        assertThat(Call.get(node, "/a").statusCode()).isEqualTo(200);
        assertThat(Call.health(node, "/ready").statusCode()).isEqualTo(200);
    }

    private static int admitted(List<Main> nodes, String key) {
        return (int) IntStream.range(0, 40)
                .map(i -> Call.get(nodes.get(i % nodes.size()), "/limited", "X-API-Key", key)
                        .statusCode())
                .filter(status -> status == 200)
                .count();
    }

    private String limited(int requests, String withoutRedis) {
        return """
                services: { echo: { targets: [ "%s" ] } }
                consumers: { web-shop: { keys: [ demo ] } }
                routes:
                  limited:
                    match: { path: /limited }
                    policies: [ { rate-limit: { requests: %d, window: 1h, without-redis: %s } } ]
                    forward: { service: echo }
                """.formatted(upstream.url(), requests, withoutRedis);
    }

    private String open(String path) {
        return """
                services: { echo: { targets: [ "%s" ] } }
                routes:
                  open: { match: { path: %s }, public: true, forward: { service: echo } }
                """.formatted(upstream.url(), path);
    }
}
