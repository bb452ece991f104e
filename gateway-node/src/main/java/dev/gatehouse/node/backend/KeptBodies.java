package dev.gatehouse.node.backend;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the bodies take on a node that are kept to be sent again, all together. One that finds no room is sent
 * on as it comes, once.
 */
final class KeptBodies {

    /** Of the heap. */
    private static final int PART = 8;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** An eighth of the heap. */
    KeptBodies() {
        this(Runtime.getRuntime().maxMemory() / PART);
    }

    KeptBodies(long most) {
        this.most = most;
    }

    /** Whether there is room for so many bytes, which then is taken. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
