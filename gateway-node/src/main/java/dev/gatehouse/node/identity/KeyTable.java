package dev.gatehouse.node.identity;

import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** All keys in force. Any number of threads look up without a lock while one thread changes it. */
public final class KeyTable {

    private volatile KeyRows rows = KeyRows.empty();
    private volatile boolean imported;
    private volatile Map<Integer, Integer> byPepper = Map.of();

    /** As they are now; to be asked several things about one key. */
    public KeyRows rows() {
        return rows;
    }

    public int size() {
        return rows.size();
    }

    /** May there be a key that another product issued? */
    boolean anyImported() {
        return imported;
    }

    /** Applies changes in order. For one thread at a time. */
    public synchronized void apply(Collection<HashedKey> changes) {
        for (var key : changes) {
            if (rows.isWorn()) {
                rows = rows.renewed();
            }
            if (key.revoked()) {
                rows.remove(key.hash());
            } else {
                rows.put(key);
            }
        }
        survey();
    }

    private void survey() {
        imported = rows.anyImported();
        byPepper = rows.byPepper();
    }

    /** Forgets everything else. For one thread at a time. */
    public void replace(Collection<HashedKey> all) {
        replace(all::forEach);
    }

    /** What hands over keys, one by one. */
    public interface Source {
        void handOver(Consumer<HashedKey> to);
    }

    /** Forgets everything else, once the source has handed over all. For one thread at a time. */
    public synchronized void replace(Source source) {
        var filling = new Filling();
        source.handOver(filling);
        rows = filling.fresh;
        survey();
    }

    private static final class Filling implements Consumer<HashedKey> {

        private KeyRows fresh = KeyRows.empty();

        @Override
        public void accept(HashedKey key) {
            if (key.revoked()) {
                return;
            }
            if (fresh.isWorn()) {
                fresh = fresh.renewed();
            }
            fresh.put(key);
        }
    }

    /** Key by key, as {@link #replace(Source)} takes them. */
    public synchronized void forEach(Consumer<HashedKey> action) {
        rows.forEach(action);
    }

    /** How many keys each pepper hashed, by its version. */
    Map<Integer, Integer> byPepper() {
        return byPepper;
    }
}
