package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.KeyCalls.Calls;
import dev.gatehouse.db.live.KeyCalls.ConsumerUsage;
import dev.gatehouse.db.live.KeyCalls.Usage;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class KeyCallsTest {

    private static final RedisClient REDIS =
            Redis.open(RedisServer.shared().url(), "key-calls-test", 8, Duration.ofSeconds(5));
    private static final Instant NOON = Instant.parse("2026-10-07T12:00:00Z");

    private final KeyCalls calls = new KeyCalls(REDIS);

    @BeforeEach
    void forgetEverything() {
        REDIS.flushDB();
    }

    @AfterAll
    static void disconnect() {
        REDIS.close();
    }

    private void call(Instant at, String id, long count, String address) {
        calls.add(at, List.of(new Calls(id, "shop", count, at, address, List.of(address))));
    }

    @Test
    void tellsHowOftenAKeyCalledTodayAndWhenAndFromWhereItLastDid() {
        call(NOON.minus(Duration.ofDays(1)), "aaaaaaaa", 9, "192.0.2.1");
        assertThat(calls.of(List.of("aaaaaaaa", "bbbbbbbb"), NOON))
                .isEqualTo(Map.of(
                        "aaaaaaaa",
                        new Usage(0, Optional.of(NOON.minus(Duration.ofDays(1))), "192.0.2.1"),
                        "bbbbbbbb",
                        Usage.NONE));

        call(NOON, "aaaaaaaa", 2, "192.0.2.2");
        call(NOON.plusSeconds(5), "aaaaaaaa", 3, "192.0.2.3");
        call(NOON.plusSeconds(1), "aaaaaaaa", 1, "192.0.2.4"); // of another node, whose clock is behind
        assertThat(calls.of(List.of("aaaaaaaa"), NOON))
                .containsEntry("aaaaaaaa", new Usage(6, Optional.of(NOON.plusSeconds(5)), "192.0.2.3"));
    }

    @Test
    void takesAKeyForSharedThatComesFromManyAddressesInAShortTime() {
        for (int i = 0; i < KeyCalls.MANY - 1; i++) {
            call(NOON.plusSeconds(i), "aaaaaaaa", 1, "192.0.2." + i);
            call(NOON.plusSeconds(i), "bbbbbbbb", 1, "192.0.2.1");
            call(NOON.plusSeconds(i * 120L), "cccccccc", 1, "192.0.2." + i);
        }
        assertThat(calls.shared(NOON)).isEmpty();

        call(NOON.plusSeconds(30), "aaaaaaaa", 1, "198.51.100.1");
        call(NOON.plusSeconds(1_200), "cccccccc", 1, "198.51.100.1");
        assertThat(calls.shared(NOON)).containsExactly("aaaaaaaa");
        assertThat(calls.addresses("aaaaaaaa", NOON.plusSeconds(30)))
                .hasSize(KeyCalls.MANY)
                .startsWith("198.51.100.1");
    }

    @Test
    void sumsUpTheCallsOfAConsumer() {
        call(NOON, "aaaaaaaa", 2, "192.0.2.1");
        call(NOON.plusSeconds(59), "bbbbbbbb", 3, "192.0.2.1");
        call(NOON.plusSeconds(60), "bbbbbbbb", 4, "192.0.2.1");
        assertThat(calls.consumers(List.of("shop", "bank"), NOON.plusSeconds(61)))
                .isEqualTo(Map.of("shop", new ConsumerUsage(9, 5), "bank", new ConsumerUsage(0, 0)));
    }

    @Test
    void boundsWhatItKeepsAndLetsAllOfItExpire() {
        calls.add(
                NOON,
                IntStream.range(0, 1_200)
                        .mapToObj(i -> new Calls(
                                "key-%04d".formatted(i),
                                "shop",
                                1,
                                NOON,
                                "192.0.2.1",
                                IntStream.range(0, 100)
                                        .mapToObj(n -> "10.0.0." + n)
                                        .toList()))
                        .toList());
        assertThat(calls.shared(NOON)).hasSize(1_000);
        assertThat(calls.addresses("key-0001", NOON)).hasSize(50);
        assertThat(REDIS.keys("*"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(REDIS.ttl(key)).as(key).isPositive());
    }
}
