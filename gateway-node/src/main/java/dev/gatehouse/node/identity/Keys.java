package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import java.time.Clock;
import java.util.Optional;

/** Finds who holds a key. Unknown, revoked, expired and not yet valid keys take the same way to the same answer. */
public final class Keys {

    private final KeyTable table;
    private final Pepper pepper;
    private final Clock clock;

    public Keys(KeyTable table, Pepper pepper, Clock clock) {
        this.table = table;
        this.pepper = pepper;
        this.clock = clock;
    }

    /** A key in force; where and from where it may be used is asked of its {@link Grant}. */
    public Optional<KnownKey> find(KeyText key) {
        var found = table.find(pepper.hash(key));
        long now = clock.millis();
        return found.filter(entry -> entry.notBefore() <= now && entry.expiresAt() > now)
                .map(entry -> new KnownKey(entry.consumer(), entry.id(), entry.grant()));
    }
}
