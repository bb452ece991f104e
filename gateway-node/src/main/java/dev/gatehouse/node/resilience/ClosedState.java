package dev.gatehouse.node.resilience;

import dev.gatehouse.db.store.ServiceState.Condition;
import java.util.function.LongSupplier;

/** Everything passes, and is counted. */
final class ClosedState implements CircuitState {

    private final CircuitBreaker breaker;
    private final CallWindow window;
    private final long since;
    private final int before;

    /** @param before how often in a row it was open before; what fails again soon is left alone for longer */
    ClosedState(CircuitBreaker breaker, long since, int before) {
        this.breaker = breaker;
        this.since = since;
        this.before = before;
        window = new CallWindow(breaker.settings().window());
    }

    @Override
    public Condition condition() {
        return Condition.CLOSED;
    }

    @Override
    public long since() {
        return since;
    }

    @Override
    public boolean admits(LongSupplier clock) {
        return true;
    }

    @Override
    public boolean enter(LongSupplier clock) {
        return true;
    }

    @Override
    public void ended(boolean failed, boolean slow, long now) {
        if (!window.add(failed, slow, now)) {
            judge(now);
        }
    }

    @Override
    public void brokeOff(long nanos, long now) {
        window.brokeOff(nanos, now);
        judge(now);
    }

    private void judge(long now) {
        var settings = breaker.settings();
        var counts = window.counts(now);
        if (counts.calls() < settings.leastCalls()) {
            return;
        }
        if (counts.failedAtLeast(settings.failureRate())) {
            open(now, counts.failed() + " of " + counts.calls() + " calls failed");
        } else if (counts.slowAtLeast(settings.slowRate())) {
            open(now, counts.slow() + " of " + counts.calls() + " calls were slow");
        }
    }

    private void open(long now, String why) {
        boolean soon = before > 0
                && now - since
                        < OpenState.length(breaker.settings(), before - 1).toNanos();
        breaker.change(this, new OpenState(breaker, now, now, soon ? before : 0, why));
    }

    @Override
    public void left() {
        // it never took a place
    }

    @Override
    public long closedFor(long now) {
        return 0;
    }

    @Override
    public long opened() {
        return since;
    }

    @Override
    public String why() {
        return "";
    }
}
