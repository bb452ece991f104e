package dev.gatehouse.node.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.quota.Figure;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of one node, without any store. */
class MetersTest {

    private static final Quota DAILY = new Quota(100, Every.DAY, "daily");

    private static final long NOW = 1_800_000_000_000L;

    private Meters meters;

    @BeforeEach
    void start(@TempDir Path folder) {
        meters = new Meters(folder, UUID.randomUUID());
    }

    @AfterEach
    void stop() {
        meters.close();
    }

    private Meter meter(String subject) {
        return Objects.requireNonNull(meters.of(DAILY, "daily", subject, NOW));
    }

    private void forgetAll() {
        meters.sweep(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
        assertThat(meters.all()).isEmpty();
    }

    @Test
    void whatComesAfterAMeterWasForgottenIsCountedByTheOneInItsPlace() {
        var forgotten = meter("ann");
        forgetAll();
        var successor = meter("ann");

        meters.charge(forgotten, 5);

        assertThat(successor).isNotSameAs(forgotten);
        assertThat(successor.held()).isEqualTo(5);
        assertThat(forgotten.held()).isZero();
        assertThat(meters.files().getLast().batch()).containsExactly(new CountFile.Delta(successor.account(), 5));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatComesAfterItsFileWasFullGoesIntoTheNextOne() {
        var forgotten = meter("ann");
        forgetAll();
        for (int i = 0; meters.files().size() == 1; i++) {
            meter("other-" + i);
        }

        meters.charge(forgotten, 5);

        assertThat(meter("ann").held()).isEqualTo(5);
        assertThat(meters.files().getLast().batch()).containsExactly(new CountFile.Delta(forgotten.account(), 5));
    }

    @Test
    void whoIsChargedAtThatMomentIsNotForgotten() {
        var meter = meter("ann");
        meters.charge(meter, 5);

        meters.sweep(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));

        assertThat(meter("ann")).isSameAs(meter);
    }

    @Test
    void whatIsCarriedOverIsLessOnceSomethingOfThePeriodBeforeCameLate() {
        var meter = meter("ann");
        meter.learned(new Figure(0, 1), 30, true);
        assertThat(meter.allowed()).isEqualTo(130);

        meter.allowance().carriesAtMost(10);
        assertThat(meter.allowed()).isEqualTo(110);
        meter.allowance().carriesAtMost(30);
        assertThat(meter.allowed()).as("as this node knows").isEqualTo(110);
    }

    @Test
    void whereThereIsNoRoomAllOthersAreCountedTogether() {
        for (int i = 0; i < 60_000; i++) {
            meter("subject-" + i);
        }
        assertThat(meters.of(DAILY, "daily", "one-more", NOW)).isNull();
        assertThat(meters.known(DAILY, "daily", "one-more", NOW)).isNull();

        var others = Objects.requireNonNull(meters.others(DAILY, "daily", NOW));
        assertThat(meters.others(DAILY, "daily", NOW)).isSameAs(others);
        meters.charge(others, 7);
        assertThat(meters.files().getLast().batch()).contains(new CountFile.Delta(others.account(), 7));
        others.taken(7, Figure.NONE);

        // those that have nothing to do any more leave sooner where there are so many
        meters.sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        assertThat(meters.of(DAILY, "daily", "one-more", NOW)).isNotNull();
    }

    @Test
    void whatIsSaidOfAnAccountKeepsItsOrderThoughItsMeterWasForgotten() {
        var asked = new Meter.Asked(0, 0, 0, SharedQuestion.Making.NO, false, 1);
        long before = meter("ann").question(asked).number();
        forgetAll();

        assertThat(meter("ann").question(asked).number()).isGreaterThan(before);
    }

    /** What is left of a share, once Redis is back: nobody waits since it was more than a node needs. */
    @Test
    void whatIsMoreThanIsSpentGoesBackAndTheRestGoesOn() {
        var meter = meter("ann");
        long now = System.nanoTime();
        long good = TimeUnit.SECONDS.toNanos(1);
        meter.granted(1_000, now, now + good);
        assertThat(meter.spend(10, now)).isTrue();

        long later = now + TimeUnit.MILLISECONDS.toNanos(300);
        assertThat(meter.wanted(later)).isZero();
        assertThat(meter.held()).isEqualTo(510);

        meter.renewed(new SharedAnswer(SharedAnswer.What.DONE, 0, 510, 0, 0), false, later);
        assertThat(meter.spend(10, now + good)).isTrue();
        assertThat(meter.spend(10, later + good)).isFalse();
    }

    @Test
    void moreAreAskedForAgainWhereThereWereNone() {
        var meter = meter("ann");
        long now = System.nanoTime();
        meter.granted(10, now, now + TimeUnit.SECONDS.toNanos(1));
        meter.spend(6, now);
        assertThat(meter.low(now)).isTrue();
        assertThat(meter.low(now)).isFalse();

        meter.renewed(new SharedAnswer(SharedAnswer.What.NOT_COMPARED, 0, 10, 0, 0), true, now);
        assertThat(meter.low(now)).isFalse();
        assertThat(meter.low(now + TimeUnit.MILLISECONDS.toNanos(50))).isTrue();
    }
}
