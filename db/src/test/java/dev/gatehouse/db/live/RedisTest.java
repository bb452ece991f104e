package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ClientKillParams;

class RedisTest {

    private static final RedisServer SERVER = RedisServer.shared();

    private static RedisClient open(String url) {
        return Redis.open(url, "redis-test", 2, Duration.ofSeconds(5));
    }

    @Test
    void saysWhoIsAsking() {
        try (var redis = open(SERVER.url())) {
            redis.set("greeting", "hello");
            assertThat(redis.get("greeting")).isEqualTo("hello");
            try (var owner = new Jedis("127.0.0.1", SERVER.port())) {
                assertThat(owner.clientList()).contains("name=redis-test ");
            }
        }
    }

    @Test
    void usesTheDatabaseOfTheUrl() {
        try (var second = open(SERVER.url() + "/2");
                var first = open(SERVER.url() + "/")) {
            second.set("only-in-2", "x");
            assertThat(second.get("only-in-2")).isEqualTo("x");
            assertThat(first.get("only-in-2")).isNull();
        }
    }

    @Test
    void signsInWithTheUserOfTheUrl() {
        var server = "127.0.0.1:" + SERVER.port();
        try (var owner = new Jedis("127.0.0.1", SERVER.port())) {
            owner.aclSetUser("gatehouse", "on", ">se:cret@1", "~*", "+@all");
            try (var good = open("redis://gatehouse:se:cret%401@" + server);
                    var bad = open("redis://gatehouse:wrong@" + server)) {
                assertThat(good.ping()).isEqualTo("PONG");
                assertThatThrownBy(bad::ping).hasMessageContaining("WRONGPASS");
            } finally {
                owner.aclDelUser("gatehouse");
            }
        }
    }

    @Test
    void opensWithoutAServerAndFailsOnlyWhenAsked() throws IOException {
        int port;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        try (var redis = open("redis://127.0.0.1:" + port)) {
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
        }
    }

    @Test
    void comesBackAfterTheServerDid() {
        try (var server = RedisServer.temporary();
                var redis = open(server.url())) {
            assertThat(redis.ping()).isEqualTo("PONG");
            server.kill();
            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            try (var _ = server.restart()) {
                await().atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(redis.ping()).isEqualTo("PONG"));
            }
        }
    }

    /** Whoever finds that Redis is silent would wait for it twice. */
    @Test
    void nobodyWaitsForAnotherConnectionInPlaceOfABrokenOne() {
        try (var server = RedisServer.temporary();
                var redis = open(server.url());
                var owner = new Jedis("127.0.0.1", server.port())) {
            redis.ping();
            assertThat(redis.getPool().getNumIdle()).isEqualTo(1);

            owner.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));

            assertThatThrownBy(redis::ping).isInstanceOf(JedisConnectionException.class);
            assertThat(redis.getPool().getNumIdle()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:6379",
                "http://127.0.0.1:6379",
                "redis://",
                "redis://:secret@",
                "redis://me:secret@127.0.0.1:6379/zero",
                "redis://me:secret@127.0.0.1:x"
            })
    void refusesAnotherUrlWithoutRepeatingItsPassword(String url) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must look like redis://[user:password@]host[:port][,host[:port]…][/database]")
                .hasMessageNotContaining("secret");
    }
}
