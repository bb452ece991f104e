package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Breaker;
import dev.gatehouse.db.store.ServiceState.Condition;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Nothing passes, until its time is over. */
final class OpenState implements CircuitState {

    /** Beyond it, doubling says nothing more than the longest time. */
    private static final int MOST_DOUBLINGS = 30;

    private final CircuitBreaker breaker;
    private final long since;
    private final long opened;
    private final int before;
    private final long until;
    private final String why;

    /** @param before how often in a row it was open before */
    OpenState(CircuitBreaker breaker, long since, long opened, int before, String why) {
        this.breaker = breaker;
        this.since = since;
        this.opened = opened;
        this.before = before;
        this.why = why;
        until = since + length(breaker.settings(), before).toNanos();
    }

    /** How long it is open when it was so that often in a row before. */
    static Duration length(Breaker settings, int before) {
        var longest = settings.longestOpen();
        if (before > MOST_DOUBLINGS) {
            return longest;
        }
        var length = settings.open().multipliedBy(1L << before);
        return length.compareTo(longest) < 0 ? length : longest;
    }

    @Override
    public Condition condition() {
        return Condition.OPEN;
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public boolean admits(LongSupplier clock) {
        return clock.getAsLong() - until >= 0;
    }

    @Override
    public boolean enter(LongSupplier clock) {
        long now = clock.getAsLong();
        if (now - until < 0) {
            return false;
        }
        breaker.change(this, new HalfOpenState(breaker, now, opened, before, why));
        return breaker.state() != this && breaker.state().enter(clock);
    }

    @Override
    public void ended(boolean failed, boolean slow, long now) {
        // none begins here
    }

    @Override
    public void brokeOff(long nanos, long now) {
        // none begins here
    }

    @Override
    public void left() {
        // none begins here
    }

    @Override
    public long closedFor(long now) {
        return until - now;
    }

    @Override
    public long opened() {
        return opened;
    }

    @Override
    public String why() {
        return why;
    }
}
