package dev.gatehouse.node.quota;

/** What a quota says to one request. */
public sealed interface Verdict {

    /**
     * Counted and let through.
     *
     * @param left how much more may be used in this period, as far as this node knows
     * @param resetMillis until the next period
     */
    record Admitted(Meter meter, long cost, long left, long resetMillis) implements Verdict {}

    /**
     * Not counted, not let through.
     *
     * @param waitMillis until it may be admitted: the next period, or sooner where other nodes hold some of it unspent
     */
    record Exhausted(long allowed, long waitMillis, long resetMillis) implements Verdict {}

    /** It cannot be told, and the quota then admits nothing. */
    record Unknown() implements Verdict {}
}
