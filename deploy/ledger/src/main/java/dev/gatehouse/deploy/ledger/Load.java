package dev.gatehouse.deploy.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Requests at a steady rate, whether or not those before were answered: a node that falls behind is asked no less. Each
 * goes to the next node that has a connection free; where none has, it is not sent.
 */
final class Load {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final List<Gateway> gateways = new CopyOnWriteArrayList<>();
    private final int rate;
    private int turn;

    /** @param rate requests a second */
    Load(int rate) {
        this.rate = rate;
    }

    /** From now on it gets its part, too. */
    void add(Gateway gateway) {
        gateways.add(gateway);
    }

    /**
     * Sends requests 0 to {@code count} - 1.
     *
     * @param meanwhile called again and again with the nanoseconds since the beginning
     */
    void run(int count, LongConsumer meanwhile) {
        long begin = System.nanoTime();
        for (int id = 0; id < count; ) {
            long now = System.nanoTime() - begin;
            meanwhile.accept(now);
            long due = Math.min(count, now * rate / TimeUnit.SECONDS.toNanos(1) + 1);
            for (; id < due; id++) {
                offer(id);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void offer(int id) {
        int all = gateways.size();
        for (int i = 0; i < all; i++) {
            turn = (turn + 1) % all;
            if (gateways.get(turn).offer(id)) {
                return;
            }
        }
    }

    /** Requests under way. */
    int busy() {
        return gateways.stream().mapToInt(Gateway::busy).sum();
    }
}
