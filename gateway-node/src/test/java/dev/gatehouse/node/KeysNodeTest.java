package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.KeyUse;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** What a whole node knows and keeps of keys. */
class KeysNodeTest {

    private static final String REDIS = RedisServer.shared().url();

    private final Upstream upstream = Upstream.echo();
    private Site site;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() {
        site = new Site(PostgresServer.shared(), REDIS, folder);
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
    }

    private String configuration() {
        return """
                services: { users: { targets: [ "%s" ] } }
                routes:
                  users: { match: { path: "/users/**" }, forward: { service: users } }
                consumers: { web-shop: { keys: [ demo ] } }
                """.formatted(upstream.url());
    }

    @Test
    void tellsWhenHowOftenAndFromWhereAKeyWasUsed() {
        var node = site.start("only");
        var key = site.configure(configuration());
        var id = KeyText.read(key).orElseThrow().id();
        var before = Instant.now().minusSeconds(1);
        for (int i = 0; i < 3; i++) {
            assertThat(Call.get(node, "/users/1", "X-API-Key", key).statusCode())
                    .isEqualTo(200);
        }
        site.stop("only");

        assertThat(site.keys().find(id).orElseThrow().lastUse()).hasValueSatisfying(use -> {
            assertThat(use).extracting(KeyUse::address, KeyUse::node).containsExactly("127.0.0.1", "only");
            assertThat(use.at()).isBetween(before, Instant.now().plusSeconds(1));
        });
        try (var redis = redis()) {
            var usage = Objects.requireNonNull(
                    new KeyCalls(redis).of(List.of(id), Instant.now()).get(id));
            assertThat(usage.today()).isEqualTo(3);
            assertThat(usage.address()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void keepsNoKeyAnywhereHoweverItWasSent() throws Exception {
        try (var logged = new Logged()) {
            var node = site.start("only");
            var known = site.configure(configuration());
            var canary = KeyText.create("live").text();
            for (var key : List.of(canary, known)) {
                send(node, "/users/1?api_key=" + key + "&key=" + key, "X-Other", key, "");
                send(node, "/users/1", "Authorization", "Bearer " + key, key);
                send(node, "/users/1", "Authorization", "Basic " + key, key);
                send(node, "/users/1", "X-API-Key", key + "x", key);
                send(node, "/users/1", "Cookie", "key=" + key, key);
                send(node, "/nowhere/" + key, "X-API-Key", key, key);
                send(node, "/users/1", "X-API-Key", key, key);
            }
            site.stop("only");

            for (var key : List.of(canary, known)) {
                var secret = key.substring(key.length() - 38);
                assertThat(logged.lines).noneMatch(line -> line.contains(secret));
                assertThat(site.everyRow()).noneMatch(row -> row.contains(secret));
                assertThat(inRedis()).noneMatch(value -> value.contains(secret));
                assertThat(onDisk()).noneMatch(content -> content.contains(secret));
            }
        }
    }

    private static void send(Main node, String path, String header, String value, String body) throws Exception {
        var request = Call.request(node.port(), path, header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        Call.CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private List<String> onDisk() throws IOException {
        var contents = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }

    private static RedisClient redis() {
        return Redis.open(REDIS, "keys-node-test", 1, Duration.ofSeconds(5));
    }

    /** Every key with all that stands beneath it. */
    private static List<String> inRedis() {
        try (var redis = redis()) {
            return redis.keys("*").stream()
                    .map(key -> key + " "
                            + switch (redis.type(key)) {
                                case "hash" -> redis.hgetAll(key);
                                case "zset" -> redis.zrange(key, 0, -1);
                                case "set" -> redis.smembers(key);
                                case "list" -> redis.lrange(key, 0, -1);
                                case "stream" -> redis.xrange(key, "-", "+");
                                default -> redis.get(key);
                            })
                    .toList();
        }
    }

    /** All that is logged meanwhile, however small. */
    private static final class Logged extends Handler implements AutoCloseable {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Logger root = Logger.getLogger("");
        private final Logger ours = Logger.getLogger("dev.gatehouse");

        Logged() {
            setFormatter(new SimpleFormatter());
            setLevel(Level.ALL);
            root.addHandler(this);
            ours.setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(getFormatter().format(line));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            root.removeHandler(this);
            ours.setLevel(null);
        }
    }
}
