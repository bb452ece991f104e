package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Three nodes, and a Redis that is taken away from them. */
class LimiterOutageTest extends ThreeNodes {

    @ParameterizedTest
    @CsvSource({"12, 1, 12", "12, 3, 4", "12, 5, 3", "12, 12, 1", "12, 13, 1", "12, 0, 12", "1, 5, 1"})
    void admitsItsShareWithoutRedis(long requests, int others, int share) {
        counting();
        serving = others;
        server.kill();

        assertThat(admitted(nodes.getFirst(), 30, demand("limit", requests))).isEqualTo(share);
        assertThat(nodes.getFirst().awaySince()).isPresent();
        assertThat(admitted(nodes.getFirst(), 30, bucket("bucket", requests))).isEqualTo(share);
    }

    /** Also of what does not divide, of less than there are nodes, and of requests that cost more than a share. */
    @ParameterizedTest
    @CsvSource({"1000, 1, 1000", "14, 1, 14", "13, 1, 13", "2, 1, 2", "13, 5, 2", "13, 6, 2", "13, 14, 0"})
    void theSharesOfAllNodesAreTheLimit(long requests, long cost, int all) {
        counting();
        server.kill();
        var window =
                new Demand(new LimitCounter("window", "s", requests, HOUR, 0), cost, Mode.LEASED, WithoutRedis.LOCAL);
        var bucket =
                new Demand(new LimitCounter("bucket", "s", 1, HOUR, requests), cost, Mode.LEASED, WithoutRedis.LOCAL);

        for (var demand : List.of(window, bucket)) {
            assertThat(nodes.stream()
                            .mapToInt(node -> admitted(node, 1_010, demand))
                            .sum())
                    .isEqualTo(all);
        }
    }

    @Test
    void admitsAllOrNothingWithoutRedisWhereTheLimitSaysSo() {
        server.kill();

        assertThat(admitted(nodes.getFirst(), 30, demand("allow", 10, Mode.EXACT, WithoutRedis.ALLOW)))
                .isEqualTo(30);
        var denied = nodes.getFirst().decide(List.of(demand("deny", 10, Mode.EXACT, WithoutRedis.DENY)));
        assertThat(denied.admitted()).isFalse();
        assertThat(denied.unavailable()).isTrue();
    }

    @Test
    void goesOnFromWhatItKnewWhenRedisGoesAway() {
        counting();
        var demand = demand("limit", 30, Mode.EXACT, WithoutRedis.LOCAL);
        assertThat(admitted(nodes.get(0), 12, demand)).isEqualTo(12);
        assertThat(admitted(nodes.get(1), 6, demand)).isEqualTo(6);
        server.kill();

        // 12 are left, as far as the one knows that asked last, and a third of them is its share; 18 as the other knows
        assertThat(admitted(nodes.get(1), 30, demand)).isEqualTo(4);
        assertThat(admitted(nodes.get(0), 30, demand)).isEqualTo(6);
    }

    /** As it is when it starts from a copy, or a replica takes its place that lacks the last instants. */
    @Test
    void countsOfBeforeAreNotBelievedWhenRedisComesBackWithThem() {
        counting();
        var window = demand("window", 30, Mode.EXACT, WithoutRedis.LOCAL);
        var bucket = bucket("bucket", 30);
        admitted(nodes.get(0), 5, window);
        admitted(nodes.get(0), 5, bucket);
        server.save();
        admitted(nodes.get(1), 15, window);
        admitted(nodes.get(1), 15, bucket);
        server.kill();
        server = server.restart();

        await().ignoreExceptionsInstanceOf(JedisException.class).until(() -> left(window) == 10);
        // whoever has not joined yet still admits its share of what it does not know to be taken
        counting();
        assertThat(left(bucket)).isEqualTo(10);
        assertThat(nodes.stream().mapToInt(node -> admitted(node, 30, window)).sum())
                .isEqualTo(10);
    }

    /** As it is when somebody sends another value each time. */
    @ParameterizedTest
    @CsvSource({"0", "10"})
    void whoHasNoCounterYetIsCountedWithAllOthersOfWhomThatIsSoWhenRedisIsFull(long burst) {
        counting();
        assertThat(admitted(nodes.get(0), 4, subject("known", burst))).isEqualTo(4);
        var used = Pattern.compile("used_memory:(\\d+)").matcher(redis.info("memory"));
        assertThat(used.find()).isTrue();
        server.maxMemory(Long.parseLong(used.group(1)) * 10 / 9);
        await().until(() -> !redis.exists("gatehouse:{limit}:=full"));

        assertThat(admitted(nodes.get(0), 7, subject("new", burst))).isEqualTo(7);
        assertThat(admitted(nodes.get(1), 9, subject("newer", burst))).isEqualTo(3);
        assertThat(admitted(nodes.get(1), 9, subject("known", burst))).isEqualTo(6);
        server.maxMemory(0);
        await().until(() -> !redis.exists("gatehouse:{limit}:=full"));
        assertThat(admitted(nodes.get(2), 9, subject("new", burst)))
                .as("who was counted with others")
                .isZero();
        assertThat(redis.exists(subject("new", burst).counter().key())).isFalse();
    }

    private static Demand subject(String subject, long burst) {
        return new Demand(new LimitCounter("limit", subject, 10, HOUR, burst), 1, Mode.EXACT, WithoutRedis.LOCAL);
    }

    @Test
    void nobodyAsksARedisThatOthersHaveFoundSilent() {
        counting();
        var node = nodes.getFirst();
        long before = node.figures().roundTrips();
        server.pause();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                callers.execute(() -> node.decide(List.of(demand("limit", 1_000, Mode.EXACT, WithoutRedis.LOCAL))));
            }
        } finally {
            server.resume();
        }

        // those that were on their way at once
        assertThat(node.figures().roundTrips() - before).isBetween(1L, 2L);
    }

    /** As long as permits are at hand, which last for longer than it takes to find Redis silent. */
    @ParameterizedTest
    @CsvSource({"0", "3000000"})
    void noRequestWaitsInSteadyTrafficNorFindsOutThatRedisHangs(long burst) {
        counting();
        var demand =
                new Demand(new LimitCounter("steady", "s", 3_000_000, HOUR, burst), 1, Mode.LEASED, WithoutRedis.LOCAL);
        try (var patient = Redis.open(server.url(), "test", 4, Duration.ofMillis(250));
                var node = node("d", patient)) {
            steadily(node, demand, () -> node.figures().permits() < 300);
            long asked = node.figures().roundTrips();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
            steadily(node, demand, () -> System.nanoTime() - end < 0);
            server.pause();
            steadily(node, demand, () -> node.standing() != Standing.AWAY);
            assertThat(node.figures().roundTrips()).isEqualTo(asked);
        } finally {
            server.resume();
        }
    }

    private static void steadily(Limiter node, Demand demand, BooleanSupplier further) {
        while (further.getAsBoolean()) {
            assertThat(node.decide(List.of(demand)).admitted()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void nobodyWaitsForARedisThatAnotherHasFoundSilent() {
        counting();
        var silence = new Silence();
        var told = new AtomicInteger();
        silence.listen(_ -> told.incrementAndGet());
        try (var node = new Limiter(redis, "d", "d", () -> share("d"), Clock.systemUTC(), System::nanoTime, silence)) {
            await().until(() -> node.standing() == Standing.COUNTING);
            silence.found(new JedisConnectionException("nothing for a while"));
            assertThat(told).hasValue(1);
            assertThat(node.standing()).isEqualTo(Standing.AWAY);
            await().until(() -> node.standing() == Standing.COUNTING);

            silence.found(new JedisException("out of memory"));
            assertThat(told).hasValue(1);
        }
    }

    /** But those who ask for all others: two at most. */
    @Test
    void whoWaitsForRedisIsDecidedHereOnceAnotherHasFoundItSilent() {
        counting();
        var silence = new Silence();
        var done = new AtomicInteger();
        try (var patient = Redis.open(server.url(), "test", 8, Duration.ofMinutes(1));
                var node = new Limiter(
                        patient, "d", "d", () -> share("d"), Clock.systemUTC(), System::nanoTime, silence)) {
            await().until(() -> node.standing() == Standing.COUNTING);
            server.pause();
            try {
                var callers = Stream.generate(() -> Thread.startVirtualThread(() -> {
                            node.decide(List.of(demand("limit", 1_000, Mode.EXACT, WithoutRedis.LOCAL)));
                            done.incrementAndGet();
                        }))
                        .limit(9)
                        .toList();
                await().until(() -> callers.stream()
                        .allMatch(caller -> caller.getState() == Thread.State.WAITING
                                || caller.getState() == Thread.State.TIMED_WAITING));
                silence.found(new JedisConnectionException("nothing for a while"));

                await().until(() -> done.get() >= 7);
            } finally {
                server.resume();
            }
        }
    }

    @Test
    void tellsRedisWhatItAdmittedAloneBeforeItsCountsAreBelieved() {
        counting();
        server.pause();
        try {
            away();
            assertThat(admitted(nodes.get(0), 30, demand("limit", 30))).isEqualTo(10);
            assertThat(admitted(nodes.get(1), 30, demand("limit", 30))).isEqualTo(10);
        } finally {
            server.resume();
        }
        counting();

        assertThat(admitted(nodes.get(2), 60, demand("limit", 30, Mode.EXACT, WithoutRedis.LOCAL)))
                .isEqualTo(10);
        assertThat(nodes.getFirst().awaySince()).isEmpty();
    }

    @Test
    void keepsToItsShareUntilEveryNodeIsBack() {
        counting();
        server.pause();
        try {
            away();
            assertThat(admitted(nodes.get(0), 30, demand("limit", 30))).isEqualTo(10);
            // before they are back: once all of three are present, a fourth is one that has come since
            serving = 4;
        } finally {
            server.resume();
        }
        await().until(() -> nodes.stream().allMatch(node -> node.standing() == Standing.JOINED));

        // the fourth has not told anybody whether it admitted some
        assertThat(admitted(nodes.get(0), 60, demand("limit", 40))).isZero();
        assertThat(admitted(nodes.get(1), 60, demand("limit", 40))).isEqualTo(10);
        serving = 3;
        counting();
        assertThat(admitted(nodes.get(1), 60, demand("limit", 40))).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 30", "false, 30"})
    void givesARedisThatLostItsCountsAllOfThemBack(boolean restarted, long burst) {
        counting();
        var demand = new Demand(new LimitCounter("limit", "s", 30, HOUR, burst), 1, Mode.EXACT, WithoutRedis.LOCAL);
        for (int i = 0; i < 22; i++) {
            assertThat(admitted(nodes.get(restarted ? i % 3 : i / 12), 1, demand))
                    .isEqualTo(1);
        }
        if (restarted) {
            server = server.restart();
        } else {
            redis.flushAll();
        }

        var more = new ArrayList<Integer>();
        await().until(() -> {
            nodes.forEach(node -> more.add(admitted(node, 30, demand)));
            return nodes.stream().allMatch(node -> node.standing() == Standing.COUNTING);
        });
        nodes.forEach(node -> more.add(admitted(node, 30, demand)));
        assertThat(more.stream().mapToInt(Integer::intValue).sum()).isBetween(6, 8);
        assertThat(LimitCounts.look(redis, List.of(demand.counter())).getFirst().left())
                .isLessThanOrEqualTo(2);
    }

    @Test
    void neverAdmitsMoreWhateverHappensToRedisMeanwhile() throws Exception {
        counting();
        var demand = new Demand(
                new LimitCounter("limit", "s", 90, Duration.ofSeconds(1), 0), 1, Mode.LEASED, WithoutRedis.LOCAL);
        var log = new AdmissionLog();
        var refused = new ConcurrentHashMap<Limiter, Long>();
        var callers = new ArrayList<Future<?>>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3_500);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : nodes) {
                callers.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        long before = System.nanoTime();
                        if (node.decide(List.of(demand)).admitted()) {
                            log.add(before, System.nanoTime());
                        } else {
                            refused.put(node, before);
                        }
                        LockSupport.parkNanos(100_000);
                    }
                }));
            }
            await().until(() -> log.size() > 90);
            redis.flushAll();
            int flushed = log.size();
            await().until(() -> log.size() > flushed + 60);
            // what others are granted after a node's last look it cannot know, and a refusal is repeated for 50 ms:
            // nobody was granted any since all have looked, nor will be soon
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> System.nanoTime() - log.last() < TimeUnit.MILLISECONDS.toNanos(500)
                            && refused.size() == nodes.size()
                            && refused.values().stream()
                                    .allMatch(asked -> asked - log.last() > TimeUnit.MILLISECONDS.toNanos(60)));
            server.pause();
            await().until(() -> nodes.stream().allMatch(node -> node.standing() == Standing.AWAY));
            server.resume();
        }
        for (var caller : callers) {
            caller.get();
        }
        assertThat(log.size()).isGreaterThan(200);
        assertThat(log.most(TimeUnit.SECONDS.toNanos(1) - TimeUnit.MILLISECONDS.toNanos(2)))
                .isLessThanOrEqualTo(90);
    }

    @Test
    void takesARedisThatIsFullForOneThatIsAwayAlthoughItAnswers() {
        counting();
        redis.configSet("maxmemory", "1");
        assertThat(redis.ping()).isEqualTo("PONG");

        assertThat(admitted(nodes.getFirst(), 30, demand("limit", 9))).isEqualTo(3);
        assertThat(nodes.getFirst().standing()).isEqualTo(Standing.AWAY);

        redis.configSet("maxmemory", "0");
        counting();
    }
}
