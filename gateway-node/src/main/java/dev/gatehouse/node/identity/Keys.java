package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Peppers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds who holds a key. An unknown, a revoked, an expired and a not yet valid key take the same way to the same answer:
 * each pepper hashes it, each hash is looked up, whatever the one before found. One that was found lately is not hashed
 * again.
 */
public final class Keys {

    private static final byte[] NO_HASH = {};

    private final KeyTable table;
    private final Peppers peppers;
    private final Clock clock;
    private final FoundLately lately = new FoundLately();

    public Keys(KeyTable table, Pepper pepper, Clock clock) {
        this(table, Peppers.of(pepper), clock);
    }

    public Keys(KeyTable table, Peppers peppers, Clock clock) {
        this.table = table;
        this.peppers = peppers;
        this.clock = clock;
    }

    /** What was sent as a key: one of ours or, where any was imported, one of another product. */
    public Optional<KnownKey> find(String sent) {
        var hash = lately.hash(sent);
        if (hash != null) {
            var rows = table.rows();
            var known = inForce(rows, rows.find(hash));
            if (known.isPresent()) {
                return known;
            }
            lately.forget(sent);
        }
        var own = KeyText.read(sent);
        if (own.isPresent()) {
            return find(sent, pepper -> pepper.hashed(own.get()));
        }
        return table.anyImported()
                ? find(sent, pepper -> pepper.hashImported(sent).bytes())
                : Optional.empty();
    }

    /** A key in force; where and from where it may be used is asked of its {@link Grant}. */
    public Optional<KnownKey> find(KeyText key) {
        return find(key.text());
    }

    /** Sentences; empty when every key can be recognised. */
    public List<String> problems() {
        var versions = peppers.all().stream().map(Pepper::version).toList();
        return table.byPepper().entrySet().stream()
                .filter(counted -> !versions.contains(counted.getKey()))
                .map(counted -> counted.getValue() + " keys were hashed with pepper " + counted.getKey()
                        + ", which GATEHOUSE_KEY_PEPPER does not hold here: they are refused.")
                .toList();
    }

    private Optional<KnownKey> find(String sent, Function<Pepper, byte[]> hashing) {
        var rows = table.rows();
        int row = KeyRows.NONE;
        var hash = NO_HASH;
        for (var pepper : peppers.all()) {
            var next = hashing.apply(pepper);
            int at = rows.find(next);
            row = Math.max(row, at);
            hash = at == KeyRows.NONE ? hash : next;
        }
        var known = inForce(rows, row);
        if (known.isPresent()) {
            lately.remember(sent, hash);
        }
        return known;
    }

    private Optional<KnownKey> inForce(KeyRows rows, int row) {
        if (row == KeyRows.NONE || !rows.inForce(row, clock.millis())) {
            return Optional.empty();
        }
        var id = rows.id(row);
        return Optional.of(new KnownKey(rows.consumer(row), id, rows.origin(row, id), rows.grant(row)));
    }
}
