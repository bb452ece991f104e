package dev.gatehouse.db.resilience;

/** What a node that has more to do than it can refuses last: the first of these. */
public enum Priority {
    CRITICAL(0, "critical"),
    HIGH(1, "high"),
    NORMAL(2, "normal"),
    LOW(3, "low");

    private final int rank;
    private final String written;

    Priority(int rank, String written) {
        this.rank = rank;
        this.written = written;
    }

    /** 0 for what is refused last, and up without a gap. */
    public int rank() {
        return rank;
    }

    @Override
    public String toString() {
        return written;
    }
}
