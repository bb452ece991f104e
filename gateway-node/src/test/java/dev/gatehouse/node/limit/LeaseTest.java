package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.LimitCounts.State;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final State TEN_AHEAD = new State(90, 60_000, 0, 10, 1_000, 1_000, 10);

    private static Lease asked(long millisAgo) {
        long asked = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millisAgo);
        return new Lease(Lease.granted(TEN_AHEAD, asked, 0, 0, 0));
    }

    @Test
    void isSpentWithoutAskingUntilItIsUsedUp() {
        var lease = asked(0);
        var verdict = new Verdict(1);
        for (int left = 99; left >= 90; left--) {
            assertThat(lease.take(1, verdict, 0, true))
                    .as("more than half of it is spent")
                    .isEqualTo(left == 94 ? Lease.Taken.YES_AND_LOW : Lease.Taken.YES);
            assertThat(verdict.left(0)).isEqualTo(left);
        }
        assertThat(lease.take(1, verdict, 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
        assertThat(lease.wish(1, 1)).isEqualTo(21);
    }

    @Test
    void isRenewedOnceBeforeItExpiresIfItIsUsedThen() {
        var lease = asked(501);
        assertThat(lease.renewal(1, System.nanoTime())).isNull();

        assertThat(lease.take(1, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.YES_AND_LOW);
        assertThat(lease.take(1, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.YES);
        // four are used in a second
        var renewal = Objects.requireNonNull(lease.renewal(1, System.nanoTime()));
        assertThat(renewal.wish()).isBetween(5L, 8L);
        assertThat(renewal.rest()).isEqualTo(8);

        var more = new State(80, 60_000, 0, 10, 1_000, 1_000, 20);
        assertThat(lease.renew(renewal, Lease.granted(more, System.nanoTime(), 0, 8, 0)))
                .isNull();
        assertThat(lease.permits()).isEqualTo(18);
        // somebody else was answered meanwhile: nobody holds more than he should
        assertThat(lease.renew(renewal, Lease.granted(more, System.nanoTime(), 0, 8, 0)))
                .isEqualTo(new Lease.Unused(1_000, 0, 10));
        assertThat(lease.permits()).isEqualTo(18);

        var busy = asked(100);
        busy.take(6, new Verdict(1), 0, true);
        assertThat(Objects.requireNonNull(busy.renewal(1, System.nanoTime())).wish())
                .isEqualTo(20);
    }

    /** As after a node was stopped: the clock went on while it did not. */
    @Test
    void isNotSpentOnceItHasExpired() {
        var lease = asked(1_001);

        assertThat(lease.take(1, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
        assertThat(lease.expired(System.nanoTime())).isEqualTo(new Lease.Unused(1_000, 0, 10));
        assertThat(lease.expired(System.nanoTime())).isNull();
    }

    @Test
    void takesBackWhatWasNotUsedAfterAll() {
        var lease = asked(0);
        var verdict = new Verdict(1);
        lease.take(7, verdict, 0, true);
        assertThat(Objects.requireNonNull(verdict.grant(0)).put(7)).isNull();

        assertThat(lease.unused()).isEqualTo(new Lease.Unused(1_000, 0, 10));
    }

    @Test
    void givesBackToRedisWhatCannotBeUsedHereAnyMore() {
        var lease = asked(0);
        var verdict = new Verdict(1);
        lease.take(7, verdict, 0, true);
        assertThat(lease.unused()).isEqualTo(new Lease.Unused(1_000, 0, 3));

        assertThat(Objects.requireNonNull(verdict.grant(0)).put(7)).isEqualTo(new Lease.Unused(1_000, 0, 7));
    }

    @Test
    void keepsItsPermitsWhenItGetsMoreThatAreCountedInTheSamePlace() {
        var lease = asked(0);
        var more = new State(80, 60_000, 0, 10, 1_000, 1_000, 20);
        var later = new State(70, 60_000, 0, 10, 2_000, 1_000, 30);

        assertThat(lease.replace(Lease.granted(more, System.nanoTime(), 0, 0, 0)))
                .isNull();
        assertThat(lease.permits()).isEqualTo(20);
        assertThat(lease.replace(Lease.granted(later, System.nanoTime(), 0, 0, 0)))
                .isEqualTo(new Lease.Unused(1_000, 0, 20));
        assertThat(lease.permits()).isEqualTo(10);
    }

    @Test
    void repeatsARefusalOnlyForAMomentAndOnlyToWhoAsksForAsMuch() {
        var none = new State(2, 60_000, 30_000, 0, 1_000, 1_000, 98);
        var lease = new Lease(Lease.granted(none, System.nanoTime(), 0, 0, 3));
        var verdict = new Verdict(1);

        assertThat(lease.take(3, verdict, 0, true)).isEqualTo(Lease.Taken.REFUSED);
        assertThat(verdict.reset(0)).isBetween(29_000L, 30_000L);
        assertThat(lease.take(2, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
    }

    @Test
    void sendsOneToAskWhetherItStillRefusesAndRepeatsItToTheOthers() {
        var none = new State(2, 60_000, 30_000, 0, 1_000, 1_000, 98);
        var old = refusing(none, 51);
        assertThat(old.take(3, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
        assertThat(old.take(3, new Verdict(1), 0, false)).as("who asks").isEqualTo(Lease.Taken.UNKNOWN);
        assertThat(old.take(3, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.REFUSED);

        var silent = refusing(none, 551);
        silent.take(3, new Verdict(1), 0, true);
        assertThat(silent.take(3, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
        var soonFree = refusing(new State(2, 60_000, 60, 0, 1_000, 1_000, 98), 61);
        soonFree.take(3, new Verdict(1), 0, true);
        assertThat(soonFree.take(3, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.UNKNOWN);
    }

    private static Lease refusing(State state, long millisAgo) {
        return new Lease(Lease.granted(state, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millisAgo), 0, 0, 3));
    }

    /** Or a node would hold twice as many as it may. */
    @Test
    void isNotRenewedWhileARequestAsksForMore() throws InterruptedException {
        var lease = asked(0);
        assertThat(lease.take(10, new Verdict(1), 0, true)).isEqualTo(Lease.Taken.YES_AND_LOW);

        lease.want(1);

        assertThat(lease.renewal(1, System.nanoTime())).isNull();
    }

    @Test
    void whoFindsNoneWaitsAMomentForThoseThatAreOnTheirWay() throws InterruptedException {
        var lease = asked(0);
        lease.take(10, new Verdict(1), 0, true);
        var renewal = Objects.requireNonNull(lease.renewal(1, System.nanoTime()));

        long before = System.nanoTime();
        lease.want(1);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        lease.renew(renewal, Lease.granted(TEN_AHEAD, System.nanoTime(), 0, 0, 0));
        renewal.here().countDown();
        lease.want(1);
        assertThat(lease.take(10, new Verdict(1), 0, true))
                .as("who found none although they have come")
                .isEqualTo(Lease.Taken.YES_AND_LOW);
    }
}
