package dev.gatehouse.node.resilience;

import dev.gatehouse.db.store.ServiceState.Condition;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A few probes pass. One that fails opens it again, for longer; when all are good it closes. */
final class HalfOpenState implements CircuitState {

    private final CircuitBreaker breaker;
    private final long since;
    private final long opened;
    private final int before;
    private final String why;
    private final AtomicInteger free;
    private final AtomicInteger missing;

    HalfOpenState(CircuitBreaker breaker, long since, long opened, int before, String why) {
        this.breaker = breaker;
        this.since = since;
        this.opened = opened;
        this.before = before;
        this.why = why;
        int probes = Math.toIntExact(breaker.settings().probes());
        free = new AtomicInteger(probes);
        missing = new AtomicInteger(probes);
    }

    @Override
    public Condition condition() {
        return Condition.HALF_OPEN;
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public boolean admits(LongSupplier clock) {
        return free.get() > 0 || stuck(clock.getAsLong());
    }

    @Override
    public boolean enter(LongSupplier clock) {
        if (free.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            return true;
        }
        long now = clock.getAsLong();
        if (!stuck(now)) {
            return false;
        }
        breaker.change(this, new HalfOpenState(breaker, now, opened, before, why));
        return breaker.state() != this && breaker.state().enter(clock);
    }

    /** Probes may hang for as long as their timeouts are; others are sent in the meantime. */
    private boolean stuck(long now) {
        return now - since >= OpenState.length(breaker.settings(), before).toNanos();
    }

    @Override
    public void ended(boolean failed, boolean slow, long now) {
        if (failed || slow) {
            var probe = failed ? "a probe failed" : "a probe was slow";
            breaker.change(this, new OpenState(breaker, now, opened, before + 1, probe));
        } else if (missing.decrementAndGet() == 0) {
            breaker.change(this, new ClosedState(breaker, now, before + 1));
        }
    }

    @Override
    public void brokeOff(long nanos, long now) {
        ended(true, false, now);
    }

    @Override
    public void left() {
        free.incrementAndGet();
    }

    @Override
    public long closedFor(long now) {
        return 0;
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
