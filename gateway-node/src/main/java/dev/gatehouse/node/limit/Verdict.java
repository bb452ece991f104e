package dev.gatehouse.node.limit;

import org.jspecify.annotations.Nullable;

/** What all limits of a request say to it together: all of them count it, or none does. */
public final class Verdict {

    /** Nothing is limited. */
    public static final Verdict FREE = new Verdict(0);

    private static final int LEFT = 0;
    private static final int RESET = 1;
    private static final int WAIT = 2;
    private static final int DATED = 3;
    private static final int SAID = 4;
    private static final int EACH = 5;

    private final long[] numbers;
    private Lease.@Nullable Grant @Nullable [] grants;
    private @Nullable Counted @Nullable [] alone;
    private int refusing = -1;
    private boolean unknown;

    Verdict(int demands) {
        numbers = new long[EACH * demands];
    }

    private int demands() {
        return numbers.length / EACH;
    }

    private long number(int demand, int which) {
        return numbers[EACH * demand + which];
    }

    private void number(int demand, int which, long value) {
        numbers[EACH * demand + which] = value;
    }

    /** Takes over what another says of one of its demands. */
    void take(int demand, Verdict from, int its) {
        System.arraycopy(from.numbers, EACH * its, numbers, EACH * demand, EACH);
        var grant = from.grant(its);
        if (grant != null) {
            took(demand, grant);
        }
        var own = from.alone(its);
        if (own != null) {
            alone(demand, own);
        }
        if (from.refusing == its && !unknown && (from.unknown || isLongest(demand))) {
            refusing = demand;
            unknown = from.unknown;
        }
    }

    /** That demand has room: so much is left after it. */
    void room(int demand, long leftNow, long resetMillis) {
        number(demand, LEFT, leftNow);
        number(demand, RESET, resetMillis);
        number(demand, SAID, 1);
    }

    /** Until when Redis dates it; of a bucket, when it was charged; 0 where it was taken of a lease, or counted here. */
    void dated(int demand, long redisMillis) {
        number(demand, DATED, redisMillis);
    }

    long dated(int demand) {
        return number(demand, DATED);
    }

    /** That demand was counted by this node. */
    void alone(int demand, Counted counted) {
        var taken = alone == null ? new @Nullable Counted[demands()] : alone;
        taken[demand] = counted;
        alone = taken;
    }

    /** Null where this node did not count it. */
    @Nullable
    Counted alone(int demand) {
        var taken = alone;
        return taken == null ? null : taken[demand];
    }

    /** That demand was met by permits that this node held. */
    void took(int demand, Lease.Grant grant) {
        var taken = grants == null ? new Lease.Grant[demands()] : grants;
        taken[demand] = grant;
        grants = taken;
    }

    Lease.@Nullable Grant grant(int demand) {
        var taken = grants;
        return taken == null ? null : taken[demand];
    }

    /** That demand has none, for so long. */
    Verdict refuse(int demand, long leftNow, long waitMillis) {
        long wait = Math.max(1, waitMillis);
        number(demand, LEFT, leftNow);
        number(demand, WAIT, wait);
        number(demand, RESET, wait);
        number(demand, SAID, 1);
        if (isLongest(demand)) {
            refusing = demand;
        }
        return this;
    }

    private boolean isLongest(int demand) {
        return refusing < 0 || number(demand, WAIT) > number(refusing, WAIT);
    }

    /** That demand cannot be counted, and then admits nothing. */
    Verdict unknown(int demand) {
        refusing = demand;
        unknown = true;
        return this;
    }

    public boolean admitted() {
        return refusing < 0;
    }

    /** Is it refused because its counter cannot be reached? */
    public boolean unavailable() {
        return unknown;
    }

    /** The demand that refuses; of several the one that takes longest. */
    public int refusing() {
        return refusing;
    }

    /** Does that one refuse? */
    public boolean refuses(int demand) {
        return number(demand, WAIT) > 0 || (unknown && refusing == demand);
    }

    /** Is anything known of it? Of what another one refuses, some are not asked about. */
    public boolean says(int demand) {
        return number(demand, SAID) > 0;
    }

    /** How many more units would be admitted now. */
    public long left(int demand) {
        return number(demand, LEFT);
    }

    /** Milliseconds until its oldest count leaves, its bucket is full again, or one more is admitted if it refuses. */
    public long reset(int demand) {
        return number(demand, RESET);
    }
}
