package dev.gatehouse.node.resilience;

import java.util.concurrent.TimeUnit;

/**
 * Whether requests wait for threads, and go on waiting, by what probes say that are sent one after the other. A burst
 * makes one probe wait for long; it is a standing queue when the next one, sent when that had come back, waits about as
 * long. Where what comes is less than what can be done, the next waits by just that share less. Used by one thread.
 */
final class StandingQueue {

    /** All through which a queue has to stand, as in CoDel (RFC 8289). */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(300);

    /** A probe that waited less than this share of the one before: the queue goes by itself. */
    private static final double SAME = 0.75;

    private static final long NONE = Long.MAX_VALUE;

    private final long tolerated;
    /** Of the probes that have come back since the last step. */
    private long shortest = NONE;
    /** How long the one under way has been. */
    private long waiting;
    /** What the last probe took, where that was too long; else 0. */
    private long before;
    /** When the first probe of those was sent that took too long. */
    private long since;

    private boolean stands;

    /** @param tolerated what a request may wait, in nanoseconds */
    StandingQueue(long tolerated) {
        this.tolerated = tolerated;
    }

    /** A probe has come back. */
    void came(long took, long now) {
        shortest = Math.min(shortest, took);
        stands = waitsOn(took);
        if (took <= tolerated) {
            before = 0;
            return;
        }
        if (!stands) {
            since = now - took;
        }
        before = took;
    }

    /** A probe is under way for so long. */
    void waits(long soFar) {
        waiting = soFar;
        stands |= waitsOn(soFar);
    }

    private boolean waitsOn(long wait) {
        return before > 0 && wait > tolerated && wait >= before * SAME;
    }

    boolean stands(long now) {
        return stands && now - since >= INTERVAL;
    }

    /** Ends a step. @return the shortest wait within it, in nanoseconds */
    long step() {
        long least = shortest == NONE ? waiting : shortest;
        shortest = NONE;
        return least;
    }
}
