package dev.gatehouse.db.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an API key; never the key itself.
 *
 * @param id public, 8 characters, part of the key's text
 * @param consumer whose it is
 * @param name unique among the consumer's keys in force
 * @param createdBy who issued it
 * @param expiresAt from then on it is refused
 * @param revokedAt since then it is refused
 * @param revision the revision that changed it last
 */
public record ApiKey(
        String id,
        String consumer,
        String name,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        long revision) {}
