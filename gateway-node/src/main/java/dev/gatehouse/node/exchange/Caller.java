package dev.gatehouse.node.exchange;

/**
 * Who is calling, once known.
 *
 * @param consumer the consumer's name
 * @param keyId the public id of the key that proved it, 8 characters
 */
public record Caller(String consumer, String keyId) {}
