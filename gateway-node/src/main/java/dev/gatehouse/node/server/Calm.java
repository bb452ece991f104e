package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Response;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who was shed and asks again at once is heard a little later: refusing must not cost what serving would. The clock of
 * all connections ends the wait, as a timer for each would cost more than to refuse again; who has waited by itself need
 * not be woken for it.
 */
final class Calm {

    /** At least, and a tick of the clock more. */
    static final long NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Consumer<Calm> clock;
    private boolean shed;
    private long since;
    private volatile @Nullable Thread waiting;

    /** @param clock told of who waits, to {@link #check} it from then on */
    Calm(Consumer<Calm> clock) {
        this.clock = clock;
    }

    void after(Response answer) {
        var rejection = answer.rejection();
        shed = rejection != null && rejection.refusal() == Refusal.OVERLOADED;
    }

    /**
     * Returns at once, unless the last answer shed who asks again now.
     *
     * @param answered when that was, on that clock
     * @param time is looked at for those only that were shed
     */
    void down(long answered, LongSupplier time) {
        if (shed && time.getAsLong() - answered < NANOS) {
            since = answered;
            waiting = Thread.currentThread();
            clock.accept(this);
            LockSupport.park(this);
            waiting = null;
        }
        shed = false;
    }

    /** By the clock. False: it need not look again. */
    boolean check(long now) {
        var thread = waiting;
        if (thread != null && now - since < NANOS) {
            return true;
        }
        LockSupport.unpark(thread);
        return false;
    }
}
