package dev.gatehouse.db.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an API key; never the key itself.
 *
 * @param id public, 8 characters, part of the key's text unless that was imported
 * @param consumer whose it is
 * @param name unique among the consumer's keys that are neither revoked nor replaced
 * @param createdBy who issued it
 * @param notBefore until then it is refused
 * @param expiresAt from then on it is refused
 * @param revokedAt since then it is refused
 * @param replacedBy the id of the key that a rotation put in its place
 * @param imported was its text issued by another product?
 * @param pepperVersion which pepper made its hash
 * @param lastUse to the hour; empty when it was never used
 * @param revision the revision that changed it last
 */
public record ApiKey(
        String id,
        String consumer,
        String name,
        KeyTerms terms,
        Instant createdAt,
        String createdBy,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<String> replacedBy,
        boolean imported,
        int pepperVersion,
        Optional<KeyUse> lastUse,
        long revision) {

    public KeyState state(Instant now) {
        if (revokedAt.isPresent()) {
            return KeyState.REVOKED;
        }
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            return KeyState.EXPIRED;
        }
        return notBefore.filter(now::isBefore).isPresent() ? KeyState.EARLY : KeyState.IN_FORCE;
    }

    /** What is against these terms: the environment stands in the text of a key of ours. */
    public Optional<String> otherEnvironment(KeyTerms changed) {
        return imported || terms.environment().equals(changed.environment())
                ? Optional.empty()
                : Optional.of("It stands in the key itself and stays '" + terms.environment()
                        + "'; issue another key for another environment.");
    }

    /** The same with other terms and times. */
    public ApiKey with(KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt) {
        return new ApiKey(
                id,
                consumer,
                name,
                terms,
                createdAt,
                createdBy,
                notBefore,
                expiresAt,
                revokedAt,
                replacedBy,
                imported,
                pepperVersion,
                lastUse,
                revision);
    }

    /** The same, on its way out. */
    public ApiKey replaced(String successor, Instant until) {
        return new ApiKey(
                id,
                consumer,
                name,
                terms,
                createdAt,
                createdBy,
                notBefore,
                Optional.of(expiresAt.filter(until::isAfter).orElse(until)),
                revokedAt,
                Optional.of(successor),
                imported,
                pepperVersion,
                lastUse,
                revision);
    }
}
