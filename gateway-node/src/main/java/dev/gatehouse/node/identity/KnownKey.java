package dev.gatehouse.node.identity;

/**
 * A key in force: whose it is, and what it may be used for.
 *
 * @param id public, 8 characters
 * @param origin the id under which it is counted: of the key with which the rotations that led to it began
 */
public record KnownKey(String consumer, String id, String origin, Grant grant) {}
