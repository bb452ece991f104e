package dev.gatehouse.node.server.http2;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections of a listener hold of bodies that nobody has read yet. As long as it is little, a connection's
 * window does not shrink by what one of its streams leaves unread; then it does; at the limit, streams are reset.
 */
public final class BodyMemory {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    private BodyMemory(long limit) {
        this.limit = limit;
    }

    /** An eighth of the heap. */
    public static BodyMemory ofHeap() {
        return new BodyMemory(Runtime.getRuntime().maxMemory() / 8);
    }

    /** False: there is no room. */
    boolean take(int octets) {
        if (held.addAndGet(octets) > limit) {
            held.addAndGet(-octets);
            return false;
        }
        return true;
    }

    void give(int octets) {
        held.addAndGet(-octets);
    }

    boolean plenty() {
        return held.get() < limit / 2;
    }
}
