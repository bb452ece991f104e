package dev.gatehouse.node.backend.balance;

import static dev.gatehouse.db.model.Balancing.Algorithm.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.store.TargetState.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who was ejected comes back by a probe and one request on trial, and later each time. */
class RecoveryTest {

    private static final Duration TIME = Duration.ofSeconds(30);

    @Test
    void bringsItBackByAProbeAndThenOneRequestAtATime() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.SILENT, 5);
        cohort.advance(TIME.minusMillis(1));
        assertThat(cohort.balance().tick()).isEmpty();
        cohort.advance(Duration.ofMillis(1));

        assertThat(cohort.balance().tick()).containsExactly(cohort.endpoint("a"));
        assertThat(cohort.picks(30)).doesNotContain("a");
        cohort.balance().probed(cohort.endpoint("a"), true, "");

        var trial = cohort.pickOf("a");
        assertThat(cohort.candidates.getFirst().told().condition()).isEqualTo(Condition.ON_TRIAL);
        assertThat(cohort.picks(30)).doesNotContain("a");
        trial.answered(200);
        trial.end();
        assertThat(cohort.ejected()).isZero();
        assertThat(Cohort.count(cohort.picks(40), "a")).isEqualTo(10);
    }

    @Test
    void letsTheNextTryWhereTheFirstLeft() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.SILENT, 5);
        cohort.advance(TIME);
        cohort.balance().probed(cohort.endpoint("a"), true, "");

        cohort.pickOf("a").left();

        assertThat(cohort.pickOf("a").reach()).isEqualTo("a");
    }

    @Test
    void listensToTheRequestOnTrialThatIsSentOnceMoreOverAFreshConnection() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.SILENT, 5);
        cohort.advance(TIME);
        cohort.balance().probed(cohort.endpoint("a"), true, "");

        var stale = cohort.pickOf("a");
        stale.left();
        var again = stale.again();

        assertThat(cohort.picks(30)).as("one at a time").doesNotContain("a");
        again.answered(200);
        again.end();
        assertThat(cohort.ejected()).isZero();
    }

    @Test
    void doesNotListenToWhatWasUnderWayBefore() {
        var cohort = Cohort.ejecting(Map.of());
        var late = cohort.at("a");
        var other = cohort.at("a");
        var another = cohort.at("a");
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.advance(TIME);
        cohort.balance().probed(cohort.endpoint("a"), true, "");
        var trial = cohort.pickOf("a");

        late.failed(Failure.TIMEOUT);
        other.answered(200);
        other.end();
        another.left();
        assertThat(cohort.candidates.getFirst().told().condition()).isEqualTo(Condition.ON_TRIAL);
        assertThat(cohort.picks(30)).as("one at a time").doesNotContain("a");

        trial.answered(200);
        trial.end();
        assertThat(cohort.ejected()).isZero();
    }

    @Test
    void judgesTheRequestOnTrialByTheRulesThatEject() {
        for (var rules : List.of(Map.<String, Object>of("errors", 2), Map.<String, Object>of("least-success", 50))) {
            var cohort = Cohort.ejecting(rules);
            cohort.fail("a", Failure.TIMEOUT, 5);
            cohort.balance().probed(cohort.endpoint("a"), true, "");
            var trial = cohort.pickOf("a");
            trial.answered(500);
            trial.end();
            assertThat(cohort.candidates.getFirst().told().why()).isEqualTo("failed the request on trial: 5xx");
        }
        var usual = Cohort.ejecting(Map.of());
        usual.fail("a", Failure.TIMEOUT, 5);
        usual.balance().probed(usual.endpoint("a"), true, "");
        var trial = usual.pickOf("a");
        trial.answered(500);
        trial.end();
        assertThat(usual.ejected()).isZero();
    }

    @Test
    void staysOutLongerEachTimeAndIsForgivenInTime() {
        var cohort = Cohort.ejecting(Map.of());
        for (int times = 1; times <= 4; times++) {
            cohort.fail("a", Failure.TIMEOUT, 5);
            cohort.advance(TIME.multipliedBy(times).minusMillis(1));
            assertThat(cohort.balance().tick()).isEmpty();
            cohort.advance(Duration.ofMillis(1));
            assertThat(cohort.balance().tick()).hasSize(1);
            back(cohort, "a");
        }
        cohort.advance(TIME.multipliedBy(10));
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.advance(TIME);

        assertThat(cohort.balance().tick()).as("as if it were the first time").hasSize(1);
    }

    @Test
    void staysOutLongerWithEachProbeThatFailsAndAtMostTheLongest() {
        var cohort = Cohort.ejecting(Map.of("longest", "100s"));
        cohort.fail("a", Failure.TIMEOUT, 5);
        for (long seconds : new long[] {30, 60, 90, 100, 100, 100}) {
            assertOutFor(cohort, seconds);
            cohort.balance().probed(cohort.endpoint("a"), false, "no connection");
            assertThat(cohort.candidates.getFirst().told().why()).isEqualTo("the probe failed: no connection");
        }
        assertOutFor(cohort, 100);
        back(cohort, "a");
        cohort.advance(TIME.multipliedBy(3));
        cohort.fail("a", Failure.TIMEOUT, 5);

        assertOutFor(cohort, 60);
    }

    @Test
    void staysOutLongerWithEachRequestOnTrialThatFails() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 5);
        for (long seconds : new long[] {30, 60, 90, 120}) {
            assertOutFor(cohort, seconds);
            cohort.balance().probed(cohort.endpoint("a"), true, "");
            cohort.pickOf("a").failed(Failure.TIMEOUT);
        }
    }

    private static void assertOutFor(Cohort cohort, long seconds) {
        cohort.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(cohort.balance().tick()).isEmpty();
        cohort.advance(Duration.ofMillis(1));
        assertThat(cohort.balance().tick()).as("after %d s", seconds).containsExactly(cohort.endpoint("a"));
    }

    @Test
    void isOutAgainWhenItFailsTheRequestOnTrial() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.advance(TIME);
        cohort.balance().probed(cohort.endpoint("a"), true, "");

        cohort.pickOf("a").failed(Failure.TIMEOUT);

        assertThat(cohort.picks(30)).doesNotContain("a");
        assertThat(cohort.candidates.getFirst().told().why())
                .isEqualTo("failed the request on trial: no answer in time");
    }

    @Test
    void keepsTheRequestOnTrialOverASwapOfTheConfiguration() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.advance(TIME);
        cohort.swap(Cohort.balancing(ROUND_ROBIN), Ejection.DEFAULT);
        assertThat(cohort.balance().tick()).containsExactly(cohort.endpoint("a"));
        cohort.balance().probed(cohort.endpoint("a"), true, "");

        cohort.swap(Cohort.balancing(ROUND_ROBIN), Ejection.DEFAULT);
        var trial = cohort.pickOf("a");
        cohort.swap(Cohort.balancing(ROUND_ROBIN), Ejection.DEFAULT);
        assertThat(cohort.picks(30)).as("one at a time").doesNotContain("a");
        trial.answered(200);
        trial.end();

        assertThat(cohort.ejected()).isZero();
        assertThat(cohort.picks(8)).contains("a");
    }

    private static void back(Cohort cohort, String letter) {
        cohort.balance().probed(cohort.endpoint(letter), true, "");
        var trial = cohort.pickOf(letter);
        trial.answered(200);
        trial.end();
    }
}
