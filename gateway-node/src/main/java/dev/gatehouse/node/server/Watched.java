package dev.gatehouse.node.server;

/** A connection as {@link Connections} sees it; called by other threads than its own, and never to wait. */
interface Watched {

    /** {@link #idleSince} of one that is not. */
    long BUSY = Long.MAX_VALUE;

    /** Ends what takes too long. */
    void check(long now);

    /** Ends it after the exchange that runs; with {@code interrupt}, at once. */
    void close(boolean interrupt);

    /** Since when it has waited for a request, on the clock of {@link System#nanoTime}; {@link #BUSY} while one runs. */
    long idleSince();
}
