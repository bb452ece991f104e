package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Kind;
import java.time.Instant;
import java.util.Optional;

/** One thing to change; several make one revision. */
public sealed interface Edit {

    /** The expected revision for whoever does not care what was there before. */
    long ANY = -1;

    /**
     * Creates or replaces.
     *
     * @param expected the revision that the author saw the thing at; 0: it must not exist yet; {@link #ANY}: whatever it is
     */
    record Put(String name, Entity entity, long expected) implements Edit {}

    /** Deletes. Deleting a consumer revokes its keys; deleting a route takes it from the keys that are for it. */
    record Delete(Kind kind, String name, long expected) implements Edit {}

    /**
     * Stores a new key.
     *
     * @param imported was its text issued by another product?
     */
    record AddKey(
            String id,
            String consumer,
            String name,
            KeyHash hash,
            KeyTerms terms,
            Optional<Instant> notBefore,
            Optional<Instant> expiresAt,
            boolean imported)
            implements Edit {

        /** One that opens all that its consumer may use. */
        public AddKey(String id, String consumer, String name, KeyHash hash, Optional<Instant> expiresAt) {
            this(id, consumer, name, hash, KeyTerms.OPEN, Optional.empty(), expiresAt, false);
        }
    }

    /** Changes a key that is there. */
    sealed interface OfKey extends Edit {
        String id();
    }

    /**
     * Changes what a key is for and when.
     *
     * @param expected as for {@link Put}
     */
    record ChangeKey(String id, KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt, long expected)
            implements OfKey {}

    /** Gives the key's name to a successor, which the same edits add; the key itself ends then, if not before. */
    record ReplaceKey(String id, String successor, Instant until) implements OfKey {}

    /**
     * Gives a route that the same edits put back to the keys that lost it in that revision and were not changed since.
     *
     * @param deletedIn the revision that deleted the route
     */
    record RegainRoute(String route, long deletedIn) implements Edit {}

    /** Refuses a key from now on. */
    record RevokeKey(String id) implements OfKey {}

    /** Takes a revocation back, shortly after it. */
    record RestoreKey(String id) implements OfKey {}
}
