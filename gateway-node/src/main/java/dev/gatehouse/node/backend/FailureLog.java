package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells why services fail, before they answer or in the middle of an answer. One that is down fails every request; one
 * line a second tells it, and how many came between.
 */
final class FailureLog {

    private static final System.Logger LOG = System.getLogger(Proxy.class.getName());

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private final Consumer<String> log;
    private final AtomicLong quietUntil;
    private final AtomicLong untold = new AtomicLong();

    FailureLog() {
        this(System::nanoTime, line -> LOG.log(Level.WARNING, line));
    }

    /** @param clock as {@link System#nanoTime} */
    FailureLog(LongSupplier clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
        quietUntil = new AtomicLong(clock.getAsLong());
    }

    void tell(Exchange exchange, @Nullable String failure) {
        long now = clock.getAsLong();
        long until = quietUntil.get();
        if (now - until < 0 || !quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
            untold.incrementAndGet();
            return;
        }
        long between = untold.getAndSet(0);
        log.accept("request " + exchange.id() + ": " + failure
                + (between == 0 ? "" : "; " + between + " failures before it were not told"));
    }
}
