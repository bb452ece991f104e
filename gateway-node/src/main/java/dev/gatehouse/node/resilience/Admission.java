package dev.gatehouse.node.resilience;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much of what comes is let in, as in DAGOR ("Overload Control for Scaling WeChat Microservices", SoCC 2018). It
 * begins with what went through while the queue stood, which is what the node can do; each step lets in less by as much
 * as still waits, or more where nothing does. What there is goes to the most important first. Steps are taken by one
 * thread.
 */
final class Admission {

    /** A step. */
    static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);

    /** All of a rank. */
    private static final int WHOLE = 1024;

    /**
     * Fewer requests that wait are no overload, however long each of them takes: code that is not compiled yet does that.
     * A probe waits twice, for the thread that looks for what has come and for its own, so half as many really do.
     */
    private static final double FEW = 250;

    /** So many may wait in any case: they do not come evenly, and where each takes long, a longer queue keeps the node busy. */
    private static final double SOME = 20;

    /** In each step: any node can do that. */
    private static final double LEAST = 10;

    /** Of what went through while requests waited, a little less for the next step. */
    private static final double LESS = 0.97;

    /** More than in the last step, where none waited: at first, and each time so much faster, up to the last. */
    private static final double FIRST = 0.005;

    private static final double FASTER = 1.2;
    private static final double LAST = 0.25;

    /** Of what the node can do, left out for the sake of those that wait already: to refuse them is quickly done. */
    private static final double CATCH_UP = 0.9;

    /** Beyond its share in a step: what comes within one is not even. */
    private static final double UNEVEN = 1.1;

    /** So many steps in a row without a queue and without a refusal end it. */
    private static final int CALM = 10;

    private final long target;
    private final AtomicIntegerArray arrived;
    private final RandomGenerator random;
    private final IntSupplier ready;
    private volatile @Nullable Shares shares;
    /** So many in a step, as far as is known. */
    private double able;

    private double allowance;
    /** What came of each rank in the last step. */
    private int[] last;

    private double more = FIRST;
    private int calm;

    /** Of each rank, in {@link #WHOLE}ths. */
    private static final class Shares {

        private final int[] of;
        /** The least important one that came lately. */
        private final int least;
        /** Of those ranks together of which not all are let in. */
        private final int most;
        /** So many that are ready are too many. */
        private final int crowd;

        private final AtomicInteger drawn = new AtomicInteger();
        private volatile boolean crowded;

        Shares(int[] of, int least, int most, int crowd) {
            this.of = of;
            this.least = least;
            this.most = most;
            this.crowd = crowd;
        }

        /** Whether all are let in, whatever comes. */
        boolean whole(int rank) {
            return of[rank] == WHOLE && rank < least;
        }

        /** One of a rank of which nothing is let in does not take the place of one of which some is. */
        boolean admits(int rank, RandomGenerator random, IntSupplier ready) {
            if (whole(rank)) {
                return true;
            }
            if (of[rank] == 0) {
                return false;
            }
            int waiting = ready.getAsInt();
            if (waiting > crowd) {
                crowded = true;
                return false;
            }
            if (waiting <= 0 || of[rank] == WHOLE) {
                drawn.incrementAndGet();
                return true;
            }
            return random.nextInt(WHOLE) < of[rank] && drawn.get() < most && drawn.incrementAndGet() <= most;
        }
    }

    /**
     * @param ranks how many there are; 0 is the most important
     * @param target what requests may wait while some are refused, in nanoseconds: a little, so that there is always
     *     something to do
     * @param ready how much is ready to be done, beyond what is about to be
     */
    Admission(int ranks, long target, RandomGenerator random, IntSupplier ready) {
        arrived = new AtomicIntegerArray(ranks);
        last = new int[ranks];
        this.target = target;
        this.random = random;
        this.ready = ready;
    }

    /** Is one of that rank let in? */
    boolean admits(int rank) {
        arrived.incrementAndGet(rank);
        var now = shares;
        return now == null || now.admits(rank, random, ready);
    }

    boolean sheds() {
        return shares != null;
    }

    /**
     * @param waited at least, by every request of this step, in nanoseconds
     * @param stands whether they have waited for too long
     */
    void step(long waited, boolean stands) {
        var before = shares;
        var seen = new int[arrived.length()];
        double all = 0;
        double allBefore = 0;
        double admitted = before == null ? 0 : before.drawn.get();
        for (int rank = 0; rank < seen.length; rank++) {
            seen[rank] = arrived.getAndSet(rank, 0);
            all += seen[rank];
            allBefore += last[rank];
            admitted += before == null || before.whole(rank) ? seen[rank] : 0;
        }
        var previous = last;
        last = seen;
        if (before == null) {
            if (!stands || all * waited / STEP < FEW) {
                return;
            }
            able = all;
            allowance = all;
        }
        double wanted = Math.max((double) target, STEP * SOME / able);
        learn(waited > wanted, before != null && before.crowded, admitted, all);
        double behind = Math.max(0, waited - wanted) / STEP;
        allowance = able * (1 - Math.min(CATCH_UP, behind));
        shares = calm >= CALM
                ? null
                : shared(seen, previous, (int) (able * wanted / STEP * Math.max(1, Math.min(all, allBefore) / able)));
    }

    private void learn(boolean waits, boolean crowded, double admitted, double all) {
        if (waits) {
            able = Math.max(LEAST, (allowance < able ? able : Math.min(able, admitted)) * LESS);
            more = FIRST;
            calm = 0;
        } else if (crowded) {
            calm = 0;
        } else if (able < all) {
            able += able * more + 1;
            more = Math.min(LAST, more * FASTER);
            calm = 0;
        } else {
            calm++;
        }
    }

    private Shares shared(int[] seen, int[] before, int crowd) {
        var next = new int[seen.length];
        double left = allowance;
        double most = 0;
        int least = 0;
        for (int rank = 0; rank < seen.length; rank++) {
            // a step in which what had waited was refused says too much of what will come
            int expected = Math.min(seen[rank], before[rank]);
            // of what did not come lately as much is let in as there is room left
            next[rank] = expected == 0 ? (left > 0 ? WHOLE : 0) : (int) Math.clamp(left / expected * WHOLE, 0, WHOLE);
            most += next[rank] == WHOLE ? 0 : Math.max(left, 0);
            left = Math.max(0, left - seen[rank]);
            least = seen[rank] + before[rank] > 0 ? rank : least;
        }
        return new Shares(next, least, (int) Math.ceil(most * UNEVEN), crowd);
    }
}
