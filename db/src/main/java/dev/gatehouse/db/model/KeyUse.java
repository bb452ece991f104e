package dev.gatehouse.db.model;

import java.time.Instant;

/**
 * When a key was last used.
 *
 * @param address from where, as the node saw it
 * @param node which took it
 */
public record KeyUse(Instant at, String address, String node) {}
