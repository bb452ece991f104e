package dev.gatehouse.db.store;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import java.time.Instant;
import java.util.Optional;

/** One thing to change; several make one revision. */
public sealed interface Edit {

    /** {@link Put#expected} and {@link Delete#expected} for whoever does not care what was there before. */
    long ANY = -1;

    /**
     * Creates or replaces.
     *
     * @param expected the revision that the author saw the thing at; 0: it must not exist yet; {@link #ANY}: whatever it is
     */
    record Put(String name, Entity entity, long expected) implements Edit {}

    /** Deletes. Deleting a consumer revokes its keys. */
    record Delete(Kind kind, String name, long expected) implements Edit {}

    /** Stores a new key. */
    record AddKey(String id, String consumer, String name, KeyHash hash, Optional<Instant> expiresAt) implements Edit {}

    /** Refuses a key from now on. */
    record RevokeKey(String id) implements Edit {}
}
