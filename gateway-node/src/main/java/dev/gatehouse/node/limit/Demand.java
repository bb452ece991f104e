package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;

/**
 * What a request takes of one counter.
 *
 * @param cost units, at least 1
 */
public record Demand(LimitCounter counter, long cost, Mode mode, WithoutRedis withoutRedis) {}
