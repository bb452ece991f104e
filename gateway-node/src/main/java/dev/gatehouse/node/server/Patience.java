package dev.gatehouse.node.server;

import dev.gatehouse.node.server.http2.Wait;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that a peer may keep us waiting. Waiting spends it and each byte earns some, so that whoever is slower than
 * the minimum rate runs out of it, however evenly the bytes drip. Time in which nobody waits for the peer is free.
 */
final class Patience implements Wait {

    private final long most;
    private final long perByte;
    private long left;

    /**
     * @param first what there is before the first byte
     * @param most what may be held at once: one silence can last that long
     * @param rate bytes a second
     */
    Patience(Duration first, Duration most, long rate) {
        this.most = most.toNanos();
        perByte = TimeUnit.SECONDS.toNanos(1) / rate;
        left = Math.min(first.toNanos(), this.most);
    }

    @Override
    public long left() {
        return left;
    }

    @Override
    public void waited(long nanos, int bytes) {
        left = Math.min(most, left - nanos + bytes * perByte);
    }
}
