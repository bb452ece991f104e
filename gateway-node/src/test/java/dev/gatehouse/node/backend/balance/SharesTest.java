package dev.gatehouse.node.backend.balance;

import static dev.gatehouse.db.model.Balancing.Algorithm.FASTEST;
import static dev.gatehouse.db.model.Balancing.Algorithm.LEAST_BUSY;
import static dev.gatehouse.db.model.Balancing.Algorithm.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Balancing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each gets what its weight says, by whatever rule. */
class SharesTest {

    @Test
    void takesTurnsWhereAllAreAlike() {
        assertThat(Cohort.of(ROUND_ROBIN).with("abc").picks(9)).isEqualTo("abcabcabc");
    }

    @Test
    void spreadsTheTurnsOfTheHeavyOneEvenly() {
        var picks =
                Cohort.of(ROUND_ROBIN).with("a", 5).with("b", 1).with("c", 1).picks(700);

        assertThat(Cohort.count(picks, "a")).isBetween(498, 502);
        assertThat(Cohort.count(picks, "b")).isBetween(99, 101);
        assertThat(picks).doesNotContain("aaaaaaa").doesNotContain("bb").doesNotContain("cc");
    }

    @Test
    void givesExactlyTheSharesOfRandomWeights() {
        var random = new Random(20261128);
        for (int round = 0; round < 50; round++) {
            var cohort = Cohort.of(ROUND_ROBIN);
            double sum = 0;
            for (char letter = 'a'; letter < 'a' + 2 + random.nextInt(9); letter++) {
                int weight = 1 + random.nextInt(100);
                sum += weight;
                cohort.with(Character.toString(letter), weight);
            }
            var shares = cohort.shares(5_000);
            for (var candidate : cohort.candidates) {
                double due = 5_000 * candidate.weight() / sum;
                assertThat((double) Cohort.share(shares, candidate.reach()))
                        .as(candidate.toString())
                        .isBetween(due - 12, due + 12);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Balancing.Algorithm.class)
    void followsTheWeightsWhileNothingIsBusy(Balancing.Algorithm algorithm) {
        int requests = 20_000;
        var shares = Cohort.of(algorithm).with("a", 1).with("b", 2).with("c", 5).shares(requests);

        // fastest compares what the last requests took, which is nothing here; the bound is six standard deviations
        assertThat((double) Cohort.share(shares, "a")).isBetween(requests / 8.0 - 300, requests / 8.0 + 300);
        assertThat((double) Cohort.share(shares, "b")).isBetween(requests / 4.0 - 370, requests / 4.0 + 370);
    }

    /** Requests to c take ten times as long. */
    @Test
    void sparesTheOneThatIsBusy() {
        var cohort = Cohort.of(LEAST_BUSY).with("abc");
        var shares = new HashMap<String, Integer>();
        var running = new ArrayDeque<Pick<String>>();
        var slow = new ArrayDeque<Pick<String>>();
        for (int i = 0; i < 5_000; i++) {
            var pick = cohort.pick();
            shares.merge(pick.reach(), 1, Integer::sum);
            (pick.reach().equals("c") ? slow : running).add(pick);
            if (running.size() > 6) {
                running.remove().end();
            }
            if (i % 10 == 0 && !slow.isEmpty()) {
                slow.remove().end();
            }
        }
        assertThat(shares.get("c")).isLessThan(1_000);
        assertThat(shares.get("a")).isGreaterThan(1_800);
        assertThat(shares.get("b")).isGreaterThan(1_800);
    }

    @Test
    void prefersTheOneThatAnswersSoonerAndComesBackToTheOther() {
        var cohort = Cohort.of(FASTEST).with("ab");
        for (int i = 0; i < 20; i++) {
            var a = cohort.at("a");
            cohort.advance(Duration.ofMillis(1));
            a.answered(200);
            a.end();
            var b = cohort.at("b");
            cohort.advance(Duration.ofMillis(50));
            b.answered(200);
            b.end();
        }
        var busy = cohort.at("a");

        assertThat(cohort.shares(100)).containsEntry("a", 100);

        busy.end();
        for (int i = 0; i < 80; i++) {
            cohort.at("a");
        }
        assertThat(cohort.pick().reach())
                .as("what is fast takes long with many")
                .isEqualTo("b");
    }

    @Test
    void doesNotTakeFailingFastForBeingFast() {
        var cohort = Cohort.of(FASTEST).with("ab");
        var slow = cohort.at("b");
        cohort.advance(Duration.ofMillis(100));
        slow.answered(200);
        slow.end();
        cohort.fail("a", Failure.UNREACHABLE, 1);

        assertThat(cohort.shares(50)).containsEntry("b", 50);
    }
}
