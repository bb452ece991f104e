package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All keys in force, by hash, in primitive arrays. Any number of threads look up without a lock while
 * one thread changes it. Open addressing; the hash is HMAC output, so its first bits spread evenly.
 */
public final class KeyTable {

    private static final byte FREE = 0;
    private static final byte USED = 1;
    private static final byte GONE = 2;
    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(byte[].class);

    private volatile Slots slots = new Slots(16);

    /** @param notBefore milliseconds since 1970; likewise expiresAt */
    record Entry(String id, String consumer, long notBefore, long expiresAt, Grant grant) {}

    Optional<Entry> find(KeyHash hash) {
        return slots.find(Words.of(hash));
    }

    public int size() {
        return slots.used.get();
    }

    /** Applies changes in order. For one thread at a time. */
    public synchronized void apply(Collection<HashedKey> changes) {
        for (var key : changes) {
            var words = Words.of(key.hash());
            if (slots.isCrowded()) {
                slots = slots.rebuilt();
            }
            int old = slots.locate(words);
            if (!key.revoked()) {
                slots.put(words, key); // behind the old one, which serves until it goes
            }
            slots.remove(old);
        }
    }

    /** Forgets everything else. For one thread at a time. */
    public synchronized void replace(Collection<HashedKey> all) {
        var fresh = new Slots(Math.max(16, Integer.highestOneBit(all.size()) * 4));
        all.stream().filter(key -> !key.revoked()).forEach(key -> fresh.put(Words.of(key.hash()), key));
        slots = fresh;
    }

    /** All keys, as {@link #replace} takes them. */
    public synchronized List<HashedKey> all() {
        return slots.all();
    }

    /** A hash as four words. */
    private record Words(long a, long b, long c, long d) {

        static Words of(KeyHash hash) {
            var bytes = ByteBuffer.wrap(hash.bytes());
            return new Words(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        }

        byte[] bytes() {
            return ByteBuffer.allocate(32)
                    .putLong(a)
                    .putLong(b)
                    .putLong(c)
                    .putLong(d)
                    .array();
        }
    }

    /** A slot is filled before its state says so, and never filled again: a reader sees it whole or not at all. */
    private static final class Slots {

        private final Map<String, String> names = new HashMap<>();
        private final Map<KeyTerms, Grant> known = new HashMap<>();
        private final byte[] states;
        private final long[] hashes;
        private final long[] begins;
        private final long[] expiry;
        private final Grant[] grants;
        private final long[] ids;
        private final String[] consumers;
        private final int[] peppers;
        private final int mask;
        private int filled;
        private final AtomicInteger used = new AtomicInteger();

        /** @param capacity a power of two */
        Slots(int capacity) {
            states = new byte[capacity];
            hashes = new long[capacity * 4];
            begins = new long[capacity];
            expiry = new long[capacity];
            grants = new Grant[capacity];
            ids = new long[capacity];
            consumers = new String[capacity];
            peppers = new int[capacity];
            mask = capacity - 1;
        }

        Optional<Entry> find(Words hash) {
            int slot = locate(hash);
            return slot < 0
                    ? Optional.empty()
                    : Optional.of(new Entry(id(slot), consumers[slot], begins[slot], expiry[slot], grants[slot]));
        }

        /** The slot of the hash, or -1. Every word is compared, whatever the first ones say. */
        private int locate(Words hash) {
            for (int slot = (int) hash.a & mask; ; slot = slot + 1 & mask) {
                byte state = (byte) STATE.getAcquire(states, slot);
                if (state == FREE) {
                    return -1;
                }
                long differing = (hashes[slot * 4] ^ hash.a)
                        | (hashes[slot * 4 + 1] ^ hash.b)
                        | (hashes[slot * 4 + 2] ^ hash.c)
                        | (hashes[slot * 4 + 3] ^ hash.d);
                if (state == USED && differing == 0) {
                    return slot;
                }
            }
        }

        /** At three quarters; rebuilt at most half full, so that a rebuild is paid by as many changes as a quarter of the slots. */
        boolean isCrowded() {
            return filled > mask / 4 * 3;
        }

        Slots rebuilt() {
            var fresh = new Slots(Math.max(16, Integer.highestOneBit(used.get() + 1) * 4));
            for (var key : all()) {
                fresh.put(Words.of(key.hash()), key);
            }
            return fresh;
        }

        void put(Words hash, HashedKey key) {
            int slot = (int) hash.a & mask;
            while (states[slot] != FREE) {
                slot = slot + 1 & mask;
            }
            hashes[slot * 4] = hash.a;
            hashes[slot * 4 + 1] = hash.b;
            hashes[slot * 4 + 2] = hash.c;
            hashes[slot * 4 + 3] = hash.d;
            begins[slot] = key.notBefore();
            expiry[slot] = key.expiresAt();
            grants[slot] = known.computeIfAbsent(key.terms(), Grant::new);
            ids[slot] = ByteBuffer.wrap(key.id().getBytes(StandardCharsets.US_ASCII))
                    .getLong();
            consumers[slot] = names.computeIfAbsent(key.consumer(), name -> name);
            peppers[slot] = key.hash().pepperVersion();
            STATE.setRelease(states, slot, USED);
            filled++;
            used.incrementAndGet();
        }

        void remove(int slot) {
            if (slot >= 0) {
                STATE.setRelease(states, slot, GONE);
                used.decrementAndGet();
            }
        }

        List<HashedKey> all() {
            var all = new ArrayList<HashedKey>(used.get());
            for (int slot = 0; slot <= mask; slot++) {
                if (states[slot] == USED) {
                    var hash = new Words(
                            hashes[slot * 4], hashes[slot * 4 + 1], hashes[slot * 4 + 2], hashes[slot * 4 + 3]);
                    all.add(new HashedKey(
                            id(slot),
                            consumers[slot],
                            new KeyHash(hash.bytes(), peppers[slot]),
                            begins[slot],
                            expiry[slot],
                            grants[slot].terms(),
                            false));
                }
            }
            return all;
        }

        private String id(int slot) {
            return new String(ByteBuffer.allocate(8).putLong(ids[slot]).array(), StandardCharsets.US_ASCII);
        }
    }
}
