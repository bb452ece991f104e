package dev.gatehouse.node.resilience;

import dev.gatehouse.node.exchange.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** So many at once, so many more in a queue, each for a time; in their order. Only who has to wait takes the lock. */
public final class Bulkhead {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Turn> queue = new ArrayDeque<>();
    private final int most;
    private final Duration wait;
    private final AtomicInteger running = new AtomicInteger();
    /** The size of the queue, for those without the lock: changed before, and read after, a look at who runs. */
    private volatile int waiting;

    private volatile int limit;
    private volatile boolean full;

    private static final class Turn {
        private final CountDownLatch called = new CountDownLatch(1);
        private boolean given;
    }

    /**
     * One.
     *
     * @param limit how many run at once
     * @param most how many wait
     * @param wait how long each waits at most
     */
    public Bulkhead(int limit, int most, Duration wait) {
        this.limit = limit;
        this.most = most;
        this.wait = wait;
    }

    /** In, perhaps after a while; then it must be left. False: there was no room in time, or the client is gone. */
    public boolean enter(Exchange exchange) {
        if (waiting > 0 || !take()) {
            return queued(exchange);
        }
        if (full) {
            full = false;
        }
        return true;
    }

    private boolean take() {
        int now = running.get();
        while (now < limit) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
            now = running.get();
        }
        return false;
    }

    private boolean queued(Exchange exchange) {
        var turn = new Turn();
        lock.lock();
        try {
            if (queue.size() >= most) {
                boolean in = queue.isEmpty() && take();
                full = !in;
                return in;
            }
            queue.add(turn);
            waiting = queue.size();
            // whoever left before could not know of this one
            call();
        } finally {
            lock.unlock();
        }
        return await(turn, exchange);
    }

    private boolean await(Turn turn, Exchange exchange) {
        exchange.whenAbandoned(turn.called::countDown);
        try {
            var _ = turn.called.await(Math.min(wait.toNanos(), exchange.nanosLeft()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            if (!turn.given) {
                queue.remove(turn);
                waiting = queue.size();
                full = true;
            }
            return turn.given;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        running.decrementAndGet();
        if (waiting > 0) {
            called();
        }
    }

    /** From now on so many run at once; those that run already go on. */
    void limit(int other) {
        limit = other;
        if (waiting > 0) {
            called();
        }
    }

    private void called() {
        lock.lock();
        try {
            call();
        } finally {
            lock.unlock();
        }
    }

    /** Whose turn it is; with the lock. */
    private void call() {
        while (!queue.isEmpty() && take()) {
            var turn = queue.remove();
            turn.given = true;
            turn.called.countDown();
        }
        waiting = queue.size();
    }

    /** Was the last one that came refused, and would one that comes now? */
    public boolean full() {
        return full && running.get() >= limit;
    }

    public int running() {
        return running.get();
    }

    int limit() {
        return limit;
    }

    int waiting() {
        return waiting;
    }
}
