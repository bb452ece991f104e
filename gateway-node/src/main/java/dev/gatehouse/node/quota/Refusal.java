package dev.gatehouse.node.quota;

/**
 * One that is repeated without asking.
 *
 * @param allowed when it was given: with more, it is asked again
 * @param others whether it is for what other nodes hold, and may give back
 * @param until of {@link System#nanoTime}
 */
record Refusal(long allowed, long cost, boolean others, long until) {}
