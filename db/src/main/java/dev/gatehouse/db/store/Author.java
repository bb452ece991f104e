package dev.gatehouse.db.store;

/**
 * Who publishes, and why.
 *
 * @param reason a sentence for the history; may be empty
 */
public record Author(String name, String reason) {}
