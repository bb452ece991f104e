package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.LimitCounts.State;
import dev.gatehouse.db.live.LimitCounts.Want;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The script on a real Redis whose clock is moved by hand, against models that keep every single request. */
class ModelledCountsTest {

    private final RedisClient redis = Redis.open(RedisServer.shared().url(), "test", 2, Duration.ofSeconds(10));
    private final String id = UUID.randomUUID().toString();
    private final Script script = Script.of(Script.LIMITS
            .text()
            .replace("redis.call('TIME')", "{ redis.call('GET', 'clock:" + id + "'), '0' }")
            .replace("time[1] * 1000000 + time[2]", "tonumber(time[1])"));
    private long micros = 1_790_000_000_000_000L;

    @AfterEach
    void close() {
        redis.close();
    }

    @RepeatedTest(12)
    void admitByAWindowExactlyWhatTheModelDoes(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var span = Duration.ofMillis(new long[] {1_000, 1_500, 7_001, 60_000, 3_600_000}[random.nextInt(5)]);
        long limit = random.nextLong(1, 31);
        var counter = new LimitCounter("window", id, limit, span, 0);
        var model = new WindowModel(limit, span.toMillis());
        for (int step = 0; step < 250; step++) {
            move(random, span);
            long cost = random.nextInt(4) == 0 ? random.nextLong(1, 4) : 1;
            int asking = 1 + random.nextInt(5);
            var state = decide(counter, cost, asking, 0);
            long admitted = model.admit(micros / 1_000, cost, asking);
            assertThat(this.admitted).isEqualTo(admitted);
            if (admitted < asking && cost <= limit && random.nextInt(3) == 0) {
                // not a millisecond earlier, not a millisecond later than it said
                micros = (micros / 1_000 + state.next() - 1) * 1_000;
                decide(counter, cost, 1, 0);
                assertThat(this.admitted).isZero();
                micros += 1_000;
                decide(counter, cost, 1, 0);
                assertThat(this.admitted).isEqualTo(1);
                model.admit(micros / 1_000, cost, 1);
            }
        }
        assertThat(model.most()).isLessThanOrEqualTo(limit);
    }

    @RepeatedTest(12)
    void admitByABucketExactlyWhatTheModelDoes(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var span = Duration.ofMillis(new long[] {1_000, 1_500, 60_000}[random.nextInt(3)]);
        long requests = random.nextLong(1, 50);
        long burst = random.nextLong(1, 40);
        var counter = new LimitCounter("bucket", id, requests, span, burst);
        var model = new BucketModel(requests, span.toMillis() * 1_000, burst);
        for (int step = 0; step < 250; step++) {
            move(random, span);
            long cost = random.nextInt(4) == 0 ? random.nextLong(1, 4) : 1;
            int asking = 1 + random.nextInt(5);
            var state = decide(counter, cost, asking, 0);
            assertThat(this.admitted).isEqualTo(model.admit(micros, cost, asking));
            if (this.admitted < asking && cost <= burst && random.nextInt(3) == 0) {
                micros += state.next() * 1_000;
                decide(counter, cost, 1, 0);
                assertThat(this.admitted).isEqualTo(1);
                model.admit(micros, cost, 1);
            }
        }
        model.check();
    }

    @Test
    void takeBackOfABucketNoMoreThanIsStillInIt() {
        var counter = new LimitCounter("undone", id, 10, Duration.ofSeconds(1), 10);
        decide(counter, 1, 1, 0);
        long moment = micros / 1_000;
        micros += 40_000;
        assertThat(decide(counter, 1, 0, 0).left()).isEqualTo(9);
        run(LimitCounts.undo("", counter, moment, 1), counter);
        micros++;
        assertThat(decide(counter, 1, 0, 0).left()).isEqualTo(10);

        decide(counter, 1, 1, 0);
        long other = micros / 1_000;
        micros += 100_000;
        decide(counter, 10, 1, 0);
        assertThat(admitted).isEqualTo(1);
        run(LimitCounts.undo("", counter, other, 1), counter);
        decide(counter, 1, 1, 0);
        assertThat(admitted).isZero();
    }

    @Test
    void chargeABucketNoMoreThanLeavesItWithinTwoDays() {
        var counter = new LimitCounter("charged", id, 10, Duration.ofSeconds(1), 10);
        for (int i = 0; i < 2; i++) {
            run(LimitCounts.charge("", counter, 999_999_999_999L), counter);
        }

        assertThat(Duration.ofMillis(decide(counter, 1, 0, 0).reset()))
                .isBetween(Duration.ofDays(1), Duration.ofDays(2));
    }

    /** Permits that are held are spent at the worst moment, when the bucket has filled up meanwhile. */
    @RepeatedTest(8)
    void neverAdmitMoreThanBurstAndRateWhenPermitsAreHeld(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        long requests = random.nextLong(1, 20_000);
        long burst = random.nextLong(1, 10_000);
        var counter = new LimitCounter("held", id, requests, Duration.ofSeconds(1), burst);
        var model = new BucketModel(requests, 1_000_000, burst);
        record Held(long until, long ends, long permits) {}
        var holding = new ArrayList<Held>();
        for (int step = 0; step < 400; step++) {
            micros += random.nextLong(60_000);
            long now = micros;
            for (var held : List.copyOf(holding)) {
                if (held.until <= now || random.nextInt(6) == 0) {
                    holding.remove(held);
                    long back = held.until <= now || random.nextBoolean() ? random.nextLong(held.permits + 1) : 0;
                    model.add(Math.min(now, held.until - 1), held.permits - back);
                    // late ones are given back to nobody, soon enough ones to everybody
                    run(LimitCounts.back("", counter, held.ends, back), counter);
                }
            }
            long cost = 1 + burst / 40;
            var state = decide(counter, cost, 1 + random.nextInt(3), random.nextInt(400));
            model.add(now, this.admitted * cost);
            if (state.ahead() > 0) {
                holding.add(new Held(now + state.good() * 1_000, state.ends(), state.ahead()));
            }
        }
        holding.forEach(held -> model.add(held.until - 1, held.permits));
        model.check();
    }

    @Test
    void handOutMoreBeforeThePermitsAtHandRunOutButNotBeyondAHundredthInAll() {
        var counter = new LimitCounter("renewed", id, 3_000, Duration.ofMinutes(1), 0);
        micros = 1_790_000_000_100_000L;
        long ends = decide(counter, 1, 1, 9).ends();
        assertThat(renew(counter, 20, 5, ends).ahead()).isEqualTo(15);
        assertThat(renew(counter, 90, 20, ends).ahead()).isEqualTo(10);
        assertThat(renew(counter, 90, 30, ends).ahead()).isZero();

        // so late that they are counted in the next sixtieth, and are good for longer than it takes to find Redis
        // silent
        micros += 200_000;
        var late = renew(counter, 20, 5, ends);
        assertThat(late.ahead()).isEqualTo(20);
        assertThat(late.ends()).isEqualTo(ends + 1_000);
        assertThat(late.good()).isEqualTo(1_700);
        assertThat(late.used()).isEqualTo(1 + 9 + 15 + 10 + 20);
        micros = ends * 1_000 + 60_500_000;
        assertThat(decide(counter, 1, 0, 0).used()).isEqualTo(20);
    }

    private State renew(LimitCounter counter, long wish, long rest, long ends) {
        return LimitCounts.answer(run(LimitCounts.renew(LimitCounts.ANY, 1, counter, wish, rest, ends), counter))
                .states()
                .getFirst();
    }

    @Test
    void takeAllCountersOrNone() {
        var roomy = new LimitCounter("roomy", id, 100, Duration.ofMinutes(1), 0);
        var narrow = new LimitCounter("narrow", id, 3, Duration.ofMinutes(1), 3);
        var wants = List.of(new Want(roomy, 2, 0), new Want(narrow, 1, 0));
        var answer = ask(wants, 5);

        assertThat(answer.admitted()).isEqualTo(3);
        assertThat(answer.states()).extracting(State::left).containsExactly(94L, 0L);
        assertThat(ask(wants, 5).states()).extracting(State::left).containsExactly(94L, 0L);
    }

    @Test
    void goOnCountingWhenNumbersAreEdited() {
        var window = new LimitCounter("edited", id, 10, Duration.ofMinutes(1), 0);
        decide(window, 1, 8, 0);
        assertThat(decide(new LimitCounter("edited", id, 20, Duration.ofMinutes(1), 0), 1, 0, 0)
                        .left())
                .isEqualTo(12);
        assertThat(decide(new LimitCounter("edited", id, 5, Duration.ofMinutes(1), 0), 1, 1, 0)
                        .left())
                .isZero();
        assertThat(admitted).isZero();
        // what was used of the one kind is used of the other
        assertThat(decide(new LimitCounter("edited", id, 10, Duration.ofMinutes(1), 10), 1, 0, 0)
                        .left())
                .isEqualTo(2);
        assertThat(decide(window, 1, 0, 0).left()).isEqualTo(2);
    }

    @Test
    void fillABucketAtTheNewRateOnceItIsEdited() {
        decide(new LimitCounter("rate", id, 1, Duration.ofSeconds(1), 60), 1, 60, 0);
        var faster = new LimitCounter("rate", id, 10, Duration.ofSeconds(1), 60);
        assertThat(decide(faster, 1, 0, 0).left()).isZero();
        micros += 1_000_000;
        assertThat(decide(faster, 1, 0, 0).left()).isEqualTo(10);
    }

    @Test
    void countWhatIsKnownOnlyLaterWhateverIsLeft() {
        var window = new LimitCounter("later", id, 10, Duration.ofMinutes(1), 0);
        decide(window, 1, 1, 0);
        run(LimitCounts.charge("", window, 50), window);

        assertThat(decide(window, 1, 1, 0).used()).isEqualTo(51);
        assertThat(admitted).isZero();
        micros += 61_000_000;
        decide(window, 1, 1, 0);
        assertThat(admitted).isEqualTo(1);
    }

    @Test
    void leaveNothingBehindThatDoesNotExpire() {
        for (long burst = 0; burst < 2; burst++) {
            var counter = new LimitCounter("ttl" + burst, id, 60, Duration.ofMinutes(1), 60 * burst);
            decide(counter, 1, 3, 10);
            assertThat(redis.pttl(counter.key())).isBetween(1L, 63_000L);
        }
    }

    private long admitted;

    private State decide(LimitCounter counter, long cost, int asking, long wish) {
        return ask(List.of(new Want(counter, cost, wish)), asking).states().getFirst();
    }

    private LimitCounts.Answer ask(List<Want> wants, int asking) {
        var counters = wants.stream().map(Want::counter).toArray(LimitCounter[]::new);
        var answer = LimitCounts.answer(run(LimitCounts.decide(LimitCounts.ANY, 1, asking, wants), counters));
        admitted = answer.admitted();
        return answer;
    }

    private Object run(List<String> arguments, LimitCounter... counters) {
        redis.set("clock:" + id, Long.toString(micros));
        redis.expire("clock:" + id, 600);
        return script.run(redis, LimitCounts.keys(List.of(counters)), arguments);
    }

    /** Mostly bursts, sometimes a trickle, rarely a rest. */
    private void move(Random random, Duration span) {
        long length = span.toNanos() / 1_000;
        micros += switch (random.nextInt(20)) {
            case 0 -> random.nextLong(2 * length + 1);
            case 1, 2, 3, 4, 5, 6 -> random.nextLong(length / 20 + 1);
            default -> 0;
        };
    }

    /** Every request, dated at the end of the sixtieth it fell in. */
    private static final class WindowModel {

        private record One(long at, long dated, long cost) {}

        private final long limit;
        private final long span;
        private final List<One> all = new ArrayList<>();

        WindowModel(long limit, long span) {
            this.limit = limit;
            this.span = span;
        }

        long admit(long now, long cost, int asking) {
            long size = Math.max(1, Math.ceilDiv(span, 60));
            int admitted = 0;
            while (admitted < asking
                    && cost
                                    + all.stream()
                                            .filter(one -> one.dated + span > now)
                                            .mapToLong(One::cost)
                                            .sum()
                            <= limit) {
                all.add(new One(now, (now / size + 1) * size, cost));
                admitted++;
            }
            return admitted;
        }

        /** In any span, both its ends included. */
        long most() {
            return all.stream()
                    .mapToLong(first -> all.stream()
                            .filter(one -> one.at >= first.at && one.at <= first.at + span)
                            .mapToLong(One::cost)
                            .sum())
                    .max()
                    .orElse(0);
        }
    }

    /** A bucket by its level, in 1/1024 us of the time it takes to drain. */
    private static final class BucketModel {

        private static final int SCALE = 1024;

        private record Spent(long at, long count) {}

        private final long requests;
        private final long span;
        private final long burst;
        private final List<Spent> all = new ArrayList<>();
        private long level;
        private long at;

        BucketModel(long requests, long spanMicros, long burst) {
            this.requests = requests;
            this.span = spanMicros;
            this.burst = burst;
        }

        long admit(long now, long cost, int asking) {
            level = Math.max(0, level - (now - at) * SCALE);
            at = now;
            long admitted = 0;
            while (admitted < asking && level + price((admitted + 1) * cost) <= price(burst)) {
                admitted++;
            }
            level += price(admitted * cost);
            add(now, admitted * cost);
            return admitted;
        }

        private long price(long count) {
            return Math.ceilDiv(count * span * SCALE, requests);
        }

        void add(long now, long count) {
            if (count > 0) {
                all.add(new Spent(now, count));
            }
        }

        /** In any span no more than the burst and what the rate gives in it. */
        void check() {
            var sorted =
                    all.stream().sorted(Comparator.comparingLong(Spent::at)).toList();
            for (int from = 0; from < sorted.size(); from++) {
                long count = 0;
                for (int to = from; to < sorted.size(); to++) {
                    count += sorted.get(to).count;
                    double most = burst + (double) (sorted.get(to).at - sorted.get(from).at) * requests / span;
                    assertThat((double) count).isLessThanOrEqualTo(most + 1e-6);
                }
            }
        }
    }
}
