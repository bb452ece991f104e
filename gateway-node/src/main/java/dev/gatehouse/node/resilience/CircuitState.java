package dev.gatehouse.node.resilience;

import dev.gatehouse.db.store.ServiceState.Condition;
import java.util.function.LongSupplier;

/** What a circuit breaker does at the moment. Times are of its clock, which is read only where the time counts. */
sealed interface CircuitState permits ClosedState, OpenState, HalfOpenState {

    Condition condition();

    /** When it began. */
    long since();

    /** Would a call pass? Changes nothing. */
    boolean admits(LongSupplier clock);

    /** Lets a call pass, or not. */
    boolean enter(LongSupplier clock);

    /** A call that began in this state has ended. */
    void ended(boolean failed, boolean slow, long now);

    /** One of those that ended well did not after all; it began that many nanoseconds ago. */
    void brokeOff(long nanos, long now);

    /** A call that began in this state said nothing about what was called. */
    void left();

    /** Nanoseconds until something passes; not more than 0 when something does. */
    long closedFor(long now);

    /** When calls were first held back; of no meaning where {@link #why} is empty. */
    long opened();

    /** Why it holds calls back; empty when it does not. */
    String why();
}
