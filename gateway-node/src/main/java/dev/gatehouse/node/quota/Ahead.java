package dev.gatehouse.node.quota;

/** How many permits to ask for at a time. Only with {@link Meter#turn}. */
final class Ahead {

    /** For how many requests one node takes permits ahead at most. */
    private static final long MOST = 10_000;

    private long dearest = 1;
    private long many;

    /** A request costs that much. */
    void costs(long cost) {
        dearest = Math.max(dearest, cost);
    }

    /** What the dearest request so far has cost. */
    long dearest() {
        return dearest;
    }

    /**
     * Beyond those that are needed: more when the last ones were used up early, fewer when they were not.
     *
     * @param waiting how many others wait for some
     */
    long wish(long cost, boolean early, int waiting) {
        many = early ? Math.min(MOST * cost, 2 * many + cost * (1 + waiting)) : many / 2;
        return many;
    }

    /** No more than are held ahead at all. */
    long bounded(long wanted) {
        return Math.min(MOST * dearest, wanted);
    }
}
