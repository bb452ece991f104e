package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    void sharesALimitAmongTheNodesWhileRedisIsAwayOrGoesByWhatItSaysForThat() {
        var first = site.start("first");
        var second = site.start("second");
        var key = site.configure(limited());
        awaitEachOther();
        redis.kill();

        assertThat(admitted(List.of(first, second), "/local", key)).isEqualTo(10);
        assertThat(Call.health(first, "/ready").body()).contains("Redis has not answered since");
        await().untilAsserted(() -> assertThat(site.reports())
                .allSatisfy(known -> assertThat(known.report().problems())
                        .anySatisfy(problem -> assertThat(problem).contains("Redis has not answered since"))));
        var denied = Call.get(first, "/deny", "X-API-Key", key);
        assertThat(denied.statusCode()).isEqualTo(503);
        assertThat(denied.body()).contains("limiter-unavailable");
        assertThat(denied.headers().firstValue("Retry-After")).contains("1");
        assertThat(admitted(List.of(second), "/allow", key)).isEqualTo(40);

        redis = redis.restart();
        await().until(() -> !Call.health(first, "/ready").body().contains("Redis has not answered"));
        await().until(() -> !Call.health(second, "/ready").body().contains("Redis has not answered"));
        assertThat(admitted(List.of(first, second), "/local", key))
                .as("what was admitted without Redis counts in the same window")
                .isZero();
    }

    @Test
    void startsFromItsDiskServesAndKeepsToItsShareWhileEverythingIsGone() {
        site.start("first");
        var second = site.start("second");
        var key = site.configure(limited());
        awaitEachOther();
        postgres.kill();
        redis.kill();
        site.stop("first");

        var first = site.start("first");

        assertThat(Call.get(first, "/local").statusCode()).isEqualTo(401);
        assertThat(Call.health(first, "/ready").body()).contains("Revision 1, from the disk.");
        assertThat(admitted(List.of(first, second), "/local", key)).isEqualTo(10);
    }

    @Test
    void waitsForItsFirstConfigurationAndTakesUpWhatIsPublishedWheneverPostgresIsBack() {
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

        postgres.kill();
        await().until(() -> Call.health(node, "/ready").body().contains("PostgreSQL cannot be asked"));
        assertThat(Call.get(node, "/a").statusCode()).isEqualTo(200);

        postgres = postgres.restart();
        site.configure(open("/b"));
        assertThat(Call.get(node, "/a").statusCode()).isEqualTo(404);
        assertThat(Call.get(node, "/b").statusCode()).isEqualTo(200);
    }

    private void awaitEachOther() {
        await().until(() -> site.shareOf("first") == 2 && site.shareOf("second") == 2);
    }

    private static int admitted(List<Main> nodes, String path, String key) {
        return (int) IntStream.range(0, 40)
                .map(i -> Call.get(nodes.get(i % nodes.size()), path, "X-API-Key", key)
                        .statusCode())
                .filter(status -> status == 200)
                .count();
    }

    /** A route for each thing that a limit may say of a Redis that is away. */
    private String limited() {
        var routes = Stream.of("local", "deny", "allow").map("""
                          %1$s:
                            match: { path: /%1$s }
                            policies: [ { rate-limit: { requests: 10, window: 1h, without-redis: %1$s } } ]
                            forward: { service: echo }
                        """::formatted).collect(Collectors.joining());
        return """
                services: { echo: { targets: [ "%s" ] } }
                consumers: { web-shop: { keys: [ demo ] } }
                routes:
                """.formatted(upstream.url()) + routes;
    }

    private String open(String path) {
        return """
                services: { echo: { targets: [ "%s" ] } }
                routes:
                  open: { match: { path: %s }, public: true, forward: { service: echo } }
                """.formatted(upstream.url(), path);
    }
}
