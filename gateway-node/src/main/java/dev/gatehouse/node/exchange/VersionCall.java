package dev.gatehouse.node.exchange;

/**
 * A call of one version of an API.
 *
 * @param consumer whose key was sent; empty without a valid one
 */
public record VersionCall(String api, String version, String consumer) {}
