package dev.gatehouse.db.live;

import java.time.Duration;

/**
 * What is counted together, and how far. Where it is counted depends on name and subject alone, so that a count goes on
 * whatever else is changed.
 *
 * @param name of the limit
 * @param subject for whom
 * @param requests admitted in any span of that length, or by it
 * @param burst of a bucket; 0: none, a window
 */
public record LimitCounter(String name, String subject, long requests, Duration span, long burst) {

    /**
     * The beginning of every key of a limit. All stand in one slot of a Redis Cluster, because the limits of one request
     * are decided together by one script.
     */
    static final String KEYS = "gatehouse:{limit}:";

    /** Where Redis has it. */
    public String key() {
        return KEYS + name + ":" + subject;
    }

    public boolean bucket() {
        return burst > 0;
    }

    /** What may be used at once: the limit of a window, the burst of a bucket. */
    public long most() {
        return bucket() ? burst : requests;
    }
}
