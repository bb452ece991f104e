package dev.gatehouse.node.backend.balance;

import static dev.gatehouse.db.model.Balancing.Algorithm.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.store.TargetState.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who fails gets no requests for a while, and never too many at once. */
class EjectionTest {

    @Test
    void ejectsWhoFailsAsOftenInARowAsTheSettingsSay() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 4);
        cohort.answer("a", 200, 1);
        cohort.answer("a", 503, 4);
        assertThat(cohort.ejected()).isZero();

        cohort.fail("a", Failure.UNREACHABLE, 1);

        assertThat(cohort.picks(30)).doesNotContain("a");
        var told = cohort.candidates.getFirst().told();
        assertThat(told.condition()).isEqualTo(Condition.EJECTED);
        assertThat(told.why()).isEqualTo("5 failures in a row, the last: no connection");
    }

    @Test
    void takesAnErrorOfTheApplicationForNoneOfTheTargetUnlessToldTo() {
        var usual = Cohort.ejecting(Map.of());
        usual.answer("a", 500, 100);
        assertThat(usual.ejected()).isZero();

        var strict = Cohort.ejecting(Map.of("errors", 3));
        strict.answer("a", 500, 3);
        assertThat(strict.ejected()).isOne();
    }

    @Test
    void doesNotCountAStreamThatStoodStillNorWhoseTimeWasOverNorWhoLeft() {
        var cohort = Cohort.ejecting(Map.of());
        for (int i = 0; i < 20; i++) {
            breakOff(cohort, Refusal.UPSTREAM_IDLE);
            breakOff(cohort, Refusal.DEADLINE_EXCEEDED);
            cohort.at("a").left();
        }
        assertThat(cohort.ejected()).isZero();
        assertThat(cohort.endpoint("a").running()).isZero();
    }

    @Test
    void ejectsWhoseAnswersBreakOffOneAfterTheOtherThoughTheyBeginWell() {
        var cohort = Cohort.ejecting(Map.of());
        for (int i = 0; i < 4; i++) {
            breakOff(cohort, Refusal.UPSTREAM_BROKEN);
        }
        var pick = cohort.at("a");
        pick.answered(200);
        pick.completed();
        pick.end();
        for (int i = 0; i < 4; i++) {
            breakOff(cohort, Refusal.UPSTREAM_BROKEN);
        }
        assertThat(cohort.ejected()).isZero();

        breakOff(cohort, Refusal.UPSTREAM_BROKEN);
        assertThat(cohort.candidates.getFirst().told().why()).isEqualTo("5 answers in a row broke off");
        assertThat(cohort.endpoint("a").running()).isZero();
    }

    @Test
    void takesAnAnswerThatBrokeOffForNoSuccess() {
        var cohort = Cohort.ejecting(Map.of("least-success", 90, "gateway-errors", 0));
        cohort.balance().tick();
        for (int i = 0; i < 20; i++) {
            breakOff(cohort, i % 5 == 0 ? Refusal.UPSTREAM_BROKEN : Refusal.UPSTREAM_IDLE);
        }
        cohort.advance(Duration.ofSeconds(10));
        cohort.balance().tick();
        assertThat(cohort.candidates.getFirst().told().why()).isEqualTo("80 % of 20 requests succeeded in 10s");
    }

    private static void breakOff(Cohort cohort, Refusal reason) {
        var pick = cohort.at("a");
        pick.answered(200);
        pick.brokeOff(reason);
    }

    @Test
    void ejectsWhoSucceedsTooRarelyOverAnInterval() {
        var cohort = Cohort.ejecting(Map.of("least-success", 90, "gateway-errors", 0));
        cohort.balance().tick();
        for (int i = 0; i < 20; i++) {
            cohort.answer("a", i % 5 == 0 ? 500 : 200, 1);
            cohort.answer("b", 200, 1);
            cohort.answer("c", i == 0 ? 500 : 200, 1);
        }
        cohort.answer("d", 500, 19);
        cohort.advance(Duration.ofSeconds(10));
        cohort.balance().tick();

        assertThat(cohort.picks(30)).doesNotContain("a").contains("b", "c", "d");
        assertThat(cohort.candidates.getFirst().told().why()).isEqualTo("80 % of 20 requests succeeded in 10s");
    }

    @Test
    void ejectsWhoIsMuchSlowerThanTheOthers() {
        var cohort = Cohort.ejecting(Map.of("slower-than-others", 3));
        cohort.balance().tick();
        for (int i = 0; i < 20; i++) {
            take(cohort, "a", 100);
            take(cohort, "b", 31);
            take(cohort, "c", 30);
            take(cohort, "d", 12);
        }
        cohort.advance(Duration.ofSeconds(10));
        cohort.balance().tick();

        assertThat(cohort.picks(30)).doesNotContain("a").contains("b", "c", "d");
        assertThat(cohort.candidates.getFirst().told().why())
                .isEqualTo("answered in 100 ms on average, others in 30 ms");
    }

    @Test
    void keepsItsStateOverASwapOfTheConfiguration() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 4);
        cohort.fail("b", Failure.TIMEOUT, 5);

        cohort.swap(Balancing.DEFAULT, Ejection.DEFAULT);
        cohort.fail("a", Failure.TIMEOUT, 1);

        assertThat(cohort.picks(20)).doesNotContain("a").doesNotContain("b");
    }

    @Test
    void goesByTheNewSettingsAlsoWhereSomebodyStillHasTheFormer() {
        var cohort = Cohort.ejecting(Map.of("share", 25));
        var old = cohort.at("b");
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.swap(Cohort.balancing(ROUND_ROBIN), Cohort.ejection(Map.of("share", 50, "gateway-errors", 1)));

        old.failed(Failure.TIMEOUT);
        cohort.balance().tick();
        assertThat(cohort.picks(20)).doesNotContain("a").doesNotContain("b");
        assertThat(cohort.ejected()).isEqualTo(2);

        cohort.swap(Cohort.balancing(ROUND_ROBIN), Cohort.ejection(Map.of("share", 0)));
        assertThat(cohort.ejected()).isZero();
    }

    @Test
    void bringsThemBackWhoseServiceShrinks() {
        var cohort = Cohort.ejecting(Map.of());
        cohort.fail("a", Failure.TIMEOUT, 5);
        cohort.advance(Duration.ofSeconds(1));
        cohort.fail("b", Failure.TIMEOUT, 5);
        assertThat(cohort.ejected()).isEqualTo(2);

        cohort.without("d");

        assertThat(cohort.ejected()).isOne();
        assertThat(cohort.picks(20)).contains("a").doesNotContain("b");
    }

    /** Whatever happens, in whatever order. */
    @Test
    void neverEjectsMoreThanItsShare() {
        var random = new Random(20261128);
        for (int round = 0; round < 60; round++) {
            int size = 1 + random.nextInt(9);
            int share = random.nextInt(101);
            var cohort = new Cohort(
                            Cohort.balancing(ROUND_ROBIN),
                            Cohort.ejection(Map.of(
                                    "share",
                                    share,
                                    "gateway-errors",
                                    1 + random.nextInt(3),
                                    "errors",
                                    2,
                                    "least-success",
                                    50,
                                    "least-requests",
                                    3,
                                    "slower-than-others",
                                    2)))
                    .with("abcdefghij".substring(0, size));
            for (int step = 0; step < 600; step++) {
                var letter = cohort.candidates.get(random.nextInt(size)).reach();
                switch (random.nextInt(7)) {
                    case 0 -> cohort.answer(letter, 200, 1);
                    case 1 -> cohort.answer(letter, 500 + random.nextInt(5), 1 + random.nextInt(4));
                    case 2 -> {
                        cohort.fail(letter, pick(random, Failure.values()), 1);
                        var pick = cohort.at(letter);
                        pick.answered(200);
                        pick.brokeOff(Refusal.UPSTREAM_BROKEN);
                    }
                    case 3 -> cohort.advance(Duration.ofMillis(random.nextInt(20_000)));
                    case 4 -> {
                        boolean passed = random.nextBoolean();
                        cohort.balance().tick().forEach(due -> cohort.balance().probed(due, passed, ""));
                    }
                    case 5 -> {
                        var pick = cohort.pick();
                        pick.answered(random.nextBoolean() ? 200 : 503);
                        pick.end();
                    }
                    default -> take(cohort, letter, random.nextInt(500));
                }
                assertThat(cohort.ejected() * 100).isLessThanOrEqualTo((long) share * size);
            }
            assertThat(cohort.endpoints.values()).allMatch(endpoint -> endpoint.running() == 0);
        }
    }

    private static Failure pick(Random random, Failure... among) {
        return List.of(among).get(random.nextInt(among.length));
    }

    private static void take(Cohort cohort, String letter, int millis) {
        var pick = cohort.at(letter);
        cohort.advance(Duration.ofMillis(millis));
        pick.answered(200);
        pick.end();
    }
}
