package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import java.time.Duration;

/**
 * How long a service may take.
 *
 * @param connect to accept a connection, name look-up and TLS included
 * @param silence until the whole response head is here, counted from the request's last byte that could be sent
 * @param idle between two pieces of the body
 */
public record UpstreamTimes(Duration connect, Duration silence, Duration idle) {

    /** 2 s and 60 s. */
    public static final UpstreamTimes DEFAULT = new UpstreamTimes(Duration.ofSeconds(2), Duration.ofSeconds(60));

    /** As good as never, and small enough to be added to any {@link System#nanoTime}. */
    static final long FAR = Duration.ofDays(1000).toNanos();

    /** Equally patient before the answer and within it. */
    public UpstreamTimes(Duration connect, Duration silence) {
        this(connect, silence, silence);
    }

    /** To connect, for that exchange. */
    Duration connect(Exchange exchange, long now) {
        long left = Math.max(0, exchange.nanosLeft(now));
        return left < connect.toNanos() ? Duration.ofNanos(left) : connect;
    }
}
