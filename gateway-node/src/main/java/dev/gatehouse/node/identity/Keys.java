package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.node.exchange.Caller;
import java.time.Clock;
import java.util.Optional;

/** Finds who holds a key. Unknown, revoked and expired keys take the same way to the same answer. */
public final class Keys {

    private final KeyTable table;
    private final Pepper pepper;
    private final Clock clock;

    public Keys(KeyTable table, Pepper pepper, Clock clock) {
        this.table = table;
        this.pepper = pepper;
        this.clock = clock;
    }

    public Optional<Caller> find(KeyText key) {
        var found = table.find(pepper.hash(key));
        return found.filter(entry -> entry.expiresAt() > clock.millis())
                .map(entry -> new Caller(entry.consumer(), entry.id()));
    }
}
