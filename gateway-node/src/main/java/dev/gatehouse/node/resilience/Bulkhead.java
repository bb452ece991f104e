package dev.gatehouse.node.resilience;

import dev.gatehouse.node.exchange.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** So many at once, so many more in a queue, each for a time; in their order. */
public final class Bulkhead {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Turn> queue = new ArrayDeque<>();
    private final int most;
    private final Duration wait;
    private int running;
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
        Turn turn;
        lock.lock();
        try {
            if (running < limit) {
                running++;
                full = false;
                return true;
            }
            if (queue.size() >= most) {
                full = true;
                return false;
            }
            turn = new Turn();
            queue.add(turn);
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
                full = true;
            }
            return turn.given;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        lock.lock();
        try {
            running--;
            call();
        } finally {
            lock.unlock();
        }
    }

    /** From now on so many run at once; those that run already go on. */
    void limit(int other) {
        lock.lock();
        try {
            limit = other;
            call();
        } finally {
            lock.unlock();
        }
    }

    private void call() {
        while (running < limit && !queue.isEmpty()) {
            running++;
            var turn = queue.remove();
            turn.given = true;
            turn.called.countDown();
        }
    }

    /** Was the last one that came refused? */
    public boolean full() {
        return full;
    }

    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int limit() {
        return limit;
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }
}
