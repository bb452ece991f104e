package dev.gatehouse.db.policy;

/** What limits of either kind have in common: whose requests they count, and under which name. */
public sealed interface Counted permits ConcurrencyLimit, RateLimit {

    RateLimit.Per per();

    /** Of the header, claim or path parameter; empty for every other {@link #per}. */
    String perName();

    RateLimit.WithoutRedis withoutRedis();

    boolean observe();

    Told told();

    /** As written; may be empty. */
    String name();

    /** The name under which the limit of that route counts. */
    default String nameOn(String route) {
        return name().isEmpty() ? route : name();
    }
}
