package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells why services fail. One that is down fails every request; one line a second tells it. */
final class FailureLog {

    private static final System.Logger LOG = System.getLogger(Proxy.class.getName());

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    void tell(Exchange exchange, UpstreamFailure failure) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
            LOG.log(Level.WARNING, "request " + exchange.id() + ": " + failure.getMessage());
        }
    }
}
