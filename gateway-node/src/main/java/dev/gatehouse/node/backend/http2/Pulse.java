package dev.gatehouse.node.backend.http2;

/** When something was last heard from the peer, and when it was asked. Times as of {@link System#nanoTime}. */
final class Pulse {

    private final Liveness liveness;
    private volatile long heard = System.nanoTime();
    private volatile long doubted = heard - 1;
    private long asked;
    private int unanswered;
    private boolean waiting;

    Pulse(Liveness liveness) {
        this.liveness = liveness;
    }

    /** @param traffic whether it was about a stream, which a peer counts as a reason for PINGs */
    void beat(boolean traffic) {
        heard = System.nanoTime();
        if (traffic) {
            forgetPings();
        }
    }

    /** Somebody waited for it in vain. Until it is heard of it gets nothing new. */
    void doubt() {
        doubted = System.nanoTime();
    }

    boolean doubtful() {
        return doubted - heard >= 0;
    }

    /** Whether a PING has not been answered in time. */
    synchronized boolean dead(long now) {
        if (waiting && heard - asked >= 0) {
            waiting = false;
        }
        return waiting && now - asked > liveness.answer().toNanos();
    }

    /** Whether now is the time for a PING, which is then taken as sent. */
    synchronized boolean asks(long now) {
        boolean silent = doubtful() || now - heard > liveness.silence().toNanos();
        boolean may = unanswered < 2 || now - asked > Liveness.SELDOM.toNanos();
        if (waiting || !silent || !may) {
            return false;
        }
        asked = now;
        waiting = true;
        unanswered++;
        return true;
    }

    private synchronized void forgetPings() {
        unanswered = 0;
    }
}
