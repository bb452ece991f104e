package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What three nodes admit together while Redis counts. */
class LimiterTest extends ThreeNodes {

    @Test
    void countsInRedisOnceEveryNodeIsPresent() {
        counting();

        assertThat(admitted(nodes.get(0), 30, demand("limit", 10))).isEqualTo(10);
        assertThat(admitted(nodes.get(1), 30, demand("limit", 10))).isZero();
    }

    @Test
    void takesNothingOfAnyLimitWhenOneRefuses() {
        counting();
        var roomy = demand("roomy", 1_000);
        var narrow = demand("narrow", 3, Mode.EXACT, WithoutRedis.LOCAL);
        var local = demand("local", 1_000, Mode.LOCAL, WithoutRedis.LOCAL);
        int admitted = 0;
        for (int i = 0; i < 50; i++) {
            var verdict = nodes.getFirst().decide(List.of(roomy, narrow, local));
            admitted += verdict.admitted() ? 1 : 0;
            if (!verdict.admitted()) {
                assertThat(verdict.refusing()).isEqualTo(1);
            }
        }

        assertThat(admitted).isEqualTo(3);
        await().until(() -> left(roomy) == 997);
        assertThat(nodes.getFirst().decide(List.of(local)).left(0)).isEqualTo(334 - 3 - 1);
    }

    @Test
    void givesBackWhatAnotherLimitRefusedBehind() {
        counting();
        for (var mode : Mode.values()) {
            givesBack(mode, demand("back-" + mode, 9, mode, WithoutRedis.LOCAL));
            givesBack(
                    mode, new Demand(new LimitCounter("bucket-" + mode, "s", 9, HOUR, 9), 1, mode, WithoutRedis.LOCAL));
        }
    }

    private void givesBack(Mode mode, Demand demand) {
        for (int i = 0; i < 20; i++) {
            var verdict = nodes.getFirst().decide(List.of(demand));
            assertThat(verdict.admitted()).as(mode + " " + i).isTrue();
            nodes.getFirst().giveBack(List.of(demand), verdict);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> mode == Mode.LOCAL || left(demand) == 9);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void tellsOfEveryLimitThatRefusesAndHowLongTheLastOneDoes(Mode mode) {
        counting();
        var demands = Stream.of(
                        new LimitCounter("minute", "s", 1, Duration.ofMinutes(1), 0),
                        new LimitCounter("roomy", "s", 200, HOUR, 0),
                        new LimitCounter("hour", "s", 1, HOUR, 0),
                        new LimitCounter("bucket", "s", 1, HOUR.multipliedBy(2), 1))
                .map(counter -> new Demand(counter, 1, mode, WithoutRedis.LOCAL))
                .toList();
        var node = nodes.getFirst();
        assertThat(node.decide(demands).admitted()).isTrue();
        for (int i = 0; i < 4; i++) {
            if (i == 2) {
                server.kill();
            }
            var verdict = node.decide(demands);
            assertThat(verdict.refusing()).isEqualTo(3);
            assertThat(verdict.refuses(0)).isTrue();
            assertThat(verdict.refuses(1)).isFalse();
            assertThat(verdict.left(1)).isPositive();
            assertThat(verdict.refuses(2)).isTrue();
            assertThat(verdict.reset(2)).isGreaterThan(Duration.ofMinutes(58).toMillis());
        }
    }

    @Test
    void tellsNothingOfALimitThatWasNotAskedSinceAnotherRefuses() {
        counting();
        var local = demand("local", 3, Mode.LOCAL, WithoutRedis.LOCAL);
        var shared = demand("shared", 9);
        assertThat(admitted(nodes.getFirst(), 1, local)).isEqualTo(1);

        var verdict = nodes.getFirst().decide(List.of(local, shared));

        assertThat(verdict.refusing()).isZero();
        assertThat(verdict.says(0)).isTrue();
        assertThat(verdict.says(1)).isFalse();
    }

    @Test
    void asksSeldomForALeasedCounter() {
        counting();
        long before =
                nodes.stream().mapToLong(node -> node.figures().roundTrips()).sum();
        int admitted = 0;
        for (int i = 0; i < 9_000; i++) {
            admitted += admitted(nodes.get(i % 3), 1, demand("busy", 8_000));
        }

        assertThat(admitted).isBetween(7_920, 8_000);
        assertThat(nodes.stream().mapToLong(node -> node.figures().roundTrips()).sum() - before)
                .isLessThan(9_000 / 20);
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "299, 299", "1000, 990", "8000, 7920"})
    void givesABurstWhatOthersTookAheadUpToAHundredth(long requests, int least) {
        counting();
        var demand = demand("burst", requests);
        int one = admitted(nodes.get(0), (int) requests / 2, demand);
        int two = admitted(nodes.get(1), (int) requests / 4, demand);
        int three = admitted(nodes.get(2), (int) requests, demand);

        assertThat(one + two + three).isBetween(least, (int) requests);
    }

    @Test
    void tellsTheTimeThatAllNodesHaveInCommon() {
        counting();
        nodes.forEach(node -> admitted(node, 1, demand("limit", 10)));

        assertThat(nodes)
                .allSatisfy(node -> assertThat(
                                Duration.between(node.now(), Instant.now()).abs())
                        .isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void chargesWhatIsKnownOnlyLater() {
        counting();
        var demand = demand("bytes", 1_000);
        nodes.getFirst().decide(List.of(demand));
        nodes.getFirst().charge(demand, 5_000);

        await().until(() -> left(demand) == 0);
        await().until(() -> !nodes.getFirst().decide(List.of(demand)).admitted());
    }

    @Test
    void holdsBoundedMemoryHoweverManySubjectsThereAre() {
        server.kill();
        for (int i = 0; i < 150_000; i++) {
            nodes.getFirst()
                    .decide(List.of(new Demand(
                            new LimitCounter("many", Integer.toString(i), 10, HOUR, 0),
                            1,
                            Mode.LEASED,
                            WithoutRedis.LOCAL)));
        }

        await().until(() -> nodes.getFirst().figures().counters() <= 100_000);
        assertThat(nodes.getFirst().figures().leases()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void leavesNoKeyThatDoesNotExpire() {
        counting();
        for (int i = 0; i < 500; i++) {
            nodes.get(i % 3).decide(List.of(demand("limit-" + i % 7, 100), bucket("bucket-" + i % 5, 100)));
        }
        nodes.getFirst().slots().take(new LimitCounter("slots", "s", 9, Duration.ZERO, 0), WithoutRedis.LOCAL);

        assertThat(redis.keys("*"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(redis.pttl(key)).as(key).isNotEqualTo(-1));
    }
}
