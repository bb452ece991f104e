package dev.gatehouse.node.limit;

/** What a limit says to one request. */
public sealed interface Decision {

    /**
     * Counted and let through.
     *
     * @param left how many more would be admitted now
     * @param resetMillis until the oldest counted request leaves the window
     */
    record Admitted(long left, long resetMillis) implements Decision {}

    /**
     * Not counted, not let through.
     *
     * @param waitMillis until one request is admitted, if no other comes first
     */
    record Refused(long waitMillis) implements Decision {}

    /** The counter cannot be reached, and the policy then admits nothing. */
    record Unknown() implements Decision {}
}
