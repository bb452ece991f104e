package dev.gatehouse.node.resilience;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much of what comes is let in, as in DAGOR ("Overload Control for Scaling WeChat Microservices", SoCC 2018): while
 * there is a queue, each step lets in less than the last; while there is none, a little more. What there is goes to the
 * most important first. Steps are taken by one thread.
 */
final class Admission {

    /** All of a rank. */
    private static final int WHOLE = 1024;

    private static final double LESS = 0.9;
    private static final double MORE = 1.02;

    /** In each step: any node can do that, and who has next to nothing to do is slow for other reasons. */
    private static final double LEAST = 10;

    /** So many steps in a row without a queue and without a refusal end it. */
    private static final int CALM = 20;

    private final AtomicIntegerArray arrived;
    private final RandomGenerator random;
    private volatile int @Nullable [] shares;
    private double allowance;
    private int calm;

    /** @param ranks how many there are; 0 is the most important */
    Admission(int ranks, RandomGenerator random) {
        arrived = new AtomicIntegerArray(ranks);
        this.random = random;
    }

    /** Is one of that rank let in? */
    boolean admits(int rank) {
        arrived.incrementAndGet(rank);
        var now = shares;
        return now == null || now[rank] == WHOLE || random.nextInt(WHOLE) < now[rank];
    }

    boolean sheds() {
        return shares != null;
    }

    /** @param queue whether requests have had to wait since the last step */
    void step(boolean queue) {
        var seen = new int[arrived.length()];
        double admitted = 0;
        double all = 0;
        var before = shares;
        for (int rank = 0; rank < seen.length; rank++) {
            seen[rank] = arrived.getAndSet(rank, 0);
            all += seen[rank];
            admitted += before == null ? seen[rank] : seen[rank] * (double) before[rank] / WHOLE;
        }
        if (queue) {
            calm = 0;
            allowance = Math.max(LEAST, (before == null ? admitted : Math.min(allowance, admitted)) * LESS);
        } else if (before == null) {
            return;
        } else {
            allowance = allowance * MORE + 1;
            calm = allowance >= all ? calm + 1 : 0;
        }
        shares = calm >= CALM ? null : shared(seen);
    }

    private int[] shared(int[] seen) {
        var next = new int[seen.length];
        double left = allowance;
        for (int rank = 0; rank < seen.length; rank++) {
            // of what did not come lately as much is let in as there is room left
            next[rank] =
                    seen[rank] == 0 ? (left > 0 ? WHOLE : 0) : (int) Math.clamp(left / seen[rank] * WHOLE, 0, WHOLE);
            left -= seen[rank];
        }
        return next;
    }
}
