package dev.gatehouse.db.policy;

/**
 * A policy's settings: pure values, so that equal records mean the same live filter after a configuration swap.
 * All permitted records stand in this package; each carries its stored name in {@link dev.gatehouse.db.settings.Named}.
 */
public sealed interface Policy
        permits Access,
                Addresses,
                ConcurrencyLimit,
                Cors,
                Fault,
                Identity,
                Maintenance,
                Quota,
                RateLimit,
                RequestHeaders,
                RequestLimits,
                ResponseHeaders,
                Rewrite,
                SecurityHeaders,
                UserAgents {

    Stage stage();

    /** Does it ask which type of client is calling? */
    default boolean asksForClientType() {
        return false;
    }
}
