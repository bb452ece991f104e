package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Breaker;
import dev.gatehouse.db.store.ServiceState.Circuit;
import dev.gatehouse.db.store.ServiceState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Gives what fails time to recover. Closed, it lets all pass and counts; open, nothing; half-open, a few probes. An
 * outcome counts for the state in which its call began: what was under way when a state ended says nothing about the next.
 */
public final class CircuitBreaker {

    private final Breaker settings;
    private final LongSupplier clock;
    private final AtomicReference<CircuitState> state;
    /** The same moment on both clocks, once: so that what is told of a state does not change while that lasts. */
    private final Instant made = Instant.now();

    private final long madeNanos;

    /** @param clock as {@link System#nanoTime} */
    public CircuitBreaker(Breaker settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        madeNanos = clock.getAsLong();
        state = new AtomicReference<>(new ClosedState(this, madeNanos, 0));
    }

    /** Would a call be let through now? */
    public boolean admits() {
        return state.get().admits(clock);
    }

    /** Lets a call through, whose end must be told in one of the ways below; false: it must not be made. */
    public boolean enter() {
        return state.get().enter(clock);
    }

    /**
     * An answer came.
     *
     * @param nanos since the call was let through
     */
    public void answered(int status, long nanos) {
        answered(status, nanos, clock.getAsLong());
    }

    /** As above, where it is known how late it is. */
    public void answered(int status, long nanos, long now) {
        ended(settings.failures().include(status), nanos, now);
    }

    /** No usable answer came. */
    public void failed(long nanos) {
        ended(true, nanos, clock.getAsLong());
    }

    /**
     * The answer that came, with that status, ended early.
     *
     * @param nanos since the call was let through
     */
    public void brokeOff(int status, long nanos) {
        var current = state.get();
        long now = clock.getAsLong();
        if (now - nanos >= current.since() && !settings.failures().include(status)) {
            current.brokeOff(nanos, now);
        }
    }

    /** The call came to nothing, for no fault of the one that was called. */
    public void left(long nanos) {
        var current = state.get();
        if (clock.getAsLong() - nanos >= current.since()) {
            current.left();
        }
    }

    /** For how long nothing is let through from now on; zero when something is. */
    public Duration closedFor() {
        return Duration.ofNanos(Math.max(0, state.get().closedFor(clock.getAsLong())));
    }

    /**
     * Since when it is not closed, and why, for people.
     *
     * @param since to the second
     */
    public record Trouble(Instant since, String why) {}

    /** Empty when it is closed. */
    public Optional<Trouble> trouble() {
        var current = state.get();
        var why = current.why();
        if (why.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Trouble(at(current.opened()), why));
    }

    /** As the console shows it. */
    Circuit told() {
        var current = state.get();
        var condition = current.condition();
        long now = clock.getAsLong();
        return new Circuit(
                condition,
                at(condition == Condition.CLOSED ? current.since() : current.opened()),
                current.why(),
                condition == Condition.OPEN ? at(now + current.closedFor(now)) : Instant.EPOCH);
    }

    private Instant at(long nanos) {
        return made.plusNanos(nanos - madeNanos).truncatedTo(ChronoUnit.SECONDS);
    }

    Breaker settings() {
        return settings;
    }

    /** Whoever comes first decides. */
    void change(CircuitState from, CircuitState to) {
        state.compareAndSet(from, to);
    }

    CircuitState state() {
        return state.get();
    }

    private void ended(boolean failed, long nanos, long now) {
        var current = state.get();
        if (now - nanos >= current.since()) {
            boolean slow =
                    !settings.slowCall().isZero() && nanos > settings.slowCall().toNanos();
            current.ended(failed, slow, now);
        }
    }
}
