package dev.gatehouse.node.identity;

/**
 * A key in force: whose it is, and what it may be used for.
 *
 * @param id public, 8 characters
 */
public record KnownKey(String consumer, String id, Grant grant) {}
