package dev.gatehouse.node.identity;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of some keys that were found in force lately, by what was sent: hashing is most of what a look-up costs.
 * Whether a key still is in force is asked of the table each time.
 */
final class FoundLately {

    private static final int SLOTS = 4_096;

    private final AtomicReferenceArray<@Nullable Hashed> slots = new AtomicReferenceArray<>(SLOTS);

    private static final class Hashed {

        final String sent;
        final byte[] hash;

        Hashed(String sent, byte[] hash) {
            this.sent = sent;
            this.hash = hash;
        }
    }

    /**
     * Null for one that was not found lately. Texts are compared only when all of their hash codes agrees, so that the
     * time it takes tells nobody how much of a key was guessed.
     */
    byte @Nullable [] hash(String sent) {
        var found = slots.get(slot(sent));
        return found != null && found.sent.hashCode() == sent.hashCode() && found.sent.equals(sent) ? found.hash : null;
    }

    void remember(String sent, byte[] hash) {
        slots.set(slot(sent), new Hashed(sent, hash));
    }

    /** From then on it takes the same way as one that never was known. */
    void forget(String sent) {
        slots.set(slot(sent), null);
    }

    private static int slot(String sent) {
        int code = sent.hashCode();
        return (code ^ code >>> 16) & (SLOTS - 1);
    }
}
