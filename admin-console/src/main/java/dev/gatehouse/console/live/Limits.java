package dev.gatehouse.console.live;

import dev.gatehouse.db.live.LimitSightings.LimiterState;
import dev.gatehouse.db.live.LimitSightings.Seen;
import java.util.List;

/**
 * Whom limits refuse, and how the nodes that decide are.
 *
 * @param refused in the last minute, most often first
 * @param wouldRefuse the same of limits that only observe
 * @param limiters by node
 */
public record Limits(List<Seen> refused, List<Seen> wouldRefuse, List<LimiterState> limiters) {}
