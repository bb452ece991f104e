package dev.gatehouse.node.limit;

/**
 * What a limiter is busy with.
 *
 * @param decisions since it began
 * @param roundTrips to Redis that requests waited for, since it began
 * @param leases counters of which permits are held ahead
 * @param permits held ahead
 * @param counters known here
 * @param slots counters of requests at once of which some run here
 */
public record LimiterFigures(
        Standing standing, long decisions, long roundTrips, long leases, long permits, long counters, int slots) {}
