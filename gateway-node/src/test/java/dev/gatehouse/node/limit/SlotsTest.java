package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitSlots;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Two nodes that share the slots of one limit. */
class SlotsTest {

    private final RedisClient redis = Redis.open(RedisServer.shared().url(), "test", 8, Duration.ofSeconds(10));
    private volatile boolean away;
    private final Slots one = new Slots(redis, "one", () -> new Share(2, 0), () -> away, _ -> away = true);
    private final Slots other = new Slots(redis, "other", () -> new Share(2, 1), () -> away, _ -> away = true);
    private final LimitCounter ten = limit(10);

    private static LimitCounter limit(long requests) {
        return new LimitCounter("slots", UUID.randomUUID().toString(), requests, Duration.ZERO, 0);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        redis.close();
    }

    private static int taken(Slots slots, LimitCounter counter, int asking) {
        int taken = 0;
        for (int i = 0; i < asking; i++) {
            taken += slots.take(counter, WithoutRedis.LOCAL) == Slots.Outcome.TAKEN ? 1 : 0;
        }
        return taken;
    }

    @Test
    void areTakenByAllNodesTogetherAndComeBack() {
        assertThat(taken(one, ten, 7)).isEqualTo(7);
        await().until(() -> LimitSlots.look(redis, ten) == 7);
        assertThat(taken(other, ten, 9)).isEqualTo(3);
        assertThat(one.take(ten, WithoutRedis.LOCAL)).isEqualTo(Slots.Outcome.REFUSED);

        for (int i = 0; i < 3; i++) {
            other.release(ten);
        }
        await().until(() -> one.take(ten, WithoutRedis.LOCAL) == Slots.Outcome.TAKEN);
    }

    @Test
    void areNeverMoreThanThereAreHoweverManyAskAtOnce() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var callers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                var slots = i % 2 == 0 ? one : other;
                callers.add(threads.submit(() -> {
                    for (int turn = 0; turn < 40; turn++) {
                        if (slots.take(ten, WithoutRedis.LOCAL) == Slots.Outcome.TAKEN) {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(10_000);
                            running.decrementAndGet();
                            done.incrementAndGet();
                            slots.release(ten);
                        }
                    }
                }));
            }
        }
        for (var caller : callers) {
            caller.get();
        }
        assertThat(most.get()).isBetween(1, 10);
        assertThat(done.get()).isGreaterThan(10);
        await().until(() -> LimitSlots.look(redis, ten) == 0);
        assertThat(redis.exists(LimitSlots.key(ten))).isFalse();
    }

    @Test
    void ofADeadNodeExpire() {
        // as a node would that is killed at once: nobody renews it
        LimitSlots.take(redis, ten, new LimitSlots.Holding("dead", 0, 0, Duration.ofMillis(300)), 1, 1, 9);
        assertThat(LimitSlots.look(redis, ten)).isPositive();

        await().until(() -> taken(one, ten, 10) > 0 && LimitSlots.look(redis, ten) == 10);
        assertThat(redis.pttl(LimitSlots.key(ten))).isPositive();
    }

    @Test
    void thatNobodyHeardOfAreFreeAgainWithTheNextWord() {
        // as it is when Redis has granted some and the answer was lost
        LimitSlots.take(redis, ten, new LimitSlots.Holding("one", 0, 0, Duration.ofMinutes(1)), 1, 10, 0);
        assertThat(LimitSlots.look(redis, ten)).isEqualTo(10);

        assertThat(taken(one, ten, 2)).isEqualTo(2);
        await().until(() -> LimitSlots.look(redis, ten) == 2);
        assertThat(taken(other, ten, 10)).isEqualTo(8);
    }

    @Test
    void aWordThatComesLateChangesNothing() {
        LimitSlots.take(redis, ten, new LimitSlots.Holding("node", 2, 0, Duration.ofMinutes(1)), 1, 3, 0);
        var late = LimitSlots.take(redis, ten, new LimitSlots.Holding("node", 1, 0, Duration.ofMinutes(1)), 1, 5, 0);

        assertThat(late.slots()).isZero();
        assertThat(LimitSlots.look(redis, ten)).isEqualTo(3);
    }

    @Test
    void areNotForgottenAsLongAsRedisHasNotHeardThatTheyAreFree() {
        var slot = new Slot();
        long now = System.nanoTime();
        assertThat(slot.toAsk(now)).isZero();
        assertThat(slot.granted(new LimitSlots.Granted(3, 0), now)).isTrue();
        slot.release();

        assertThat(slot.toKeep(now)).hasValue(0);
        assertThat(slot.idle()).isFalse();
        assertThat(slot.toKeep(now)).hasValue(0);
        slot.kept(now);

        assertThat(slot.toKeep(now)).isEmpty();
        assertThat(slot.idle()).isTrue();
    }

    @Test
    void thatExpiredWhileTheNodeStoodStillAreNotHeldAnyMore() {
        var slot = new Slot();
        long longAgo = System.nanoTime() - Slots.HELD.toNanos();
        slot.toAsk(longAgo);
        slot.granted(new LimitSlots.Granted(5, 5), longAgo);

        assertThat(slot.takeHeld()).isFalse();
        assertThat(slot.toKeep(System.nanoTime())).hasValue(1);
    }

    @Test
    void areSharedOutWhileRedisIsAway() {
        away = true;
        assertThat(taken(one, ten, 20)).isEqualTo(5);
        var only = limit(1);
        assertThat(taken(one, only, 20)).isEqualTo(1);
        assertThat(taken(other, only, 20)).isZero();
        assertThat(one.take(limit(1), WithoutRedis.ALLOW)).isEqualTo(Slots.Outcome.TAKEN);
        assertThat(one.take(limit(1), WithoutRedis.DENY)).isEqualTo(Slots.Outcome.UNKNOWN);

        away = false;
        await().until(() -> LimitSlots.look(redis, ten) == 5);
    }

    @Test
    void oneRequestFindsOutThatRedisIsAwayForAllOthers() {
        try (var gone = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
                var slots = new Slots(gone, "one", () -> new Share(2, 0), () -> away, _ -> away = true)) {
            assertThat(slots.take(ten, WithoutRedis.LOCAL)).isEqualTo(Slots.Outcome.TAKEN);
            assertThat(away).isTrue();
        }
    }

    @Test
    void areForgottenWhenNothingRunsAlsoWhileRedisIsAway() {
        away = true;
        var counters = Stream.generate(() -> limit(1)).limit(50).toList();
        counters.forEach(counter -> one.take(counter, WithoutRedis.LOCAL));
        assertThat(one.size()).isEqualTo(50);

        counters.forEach(one::release);

        await().until(() -> one.size() == 0);
    }
}
