package dev.gatehouse.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeyTableTest {

    private static final int MANY = 100_000;

    private final Random random = new Random(20260101);
    private final KeyTable table = new KeyTable();

    @Test
    void knowsWhatAMapKnowsAfterAnyChanges() {
        var model = new HashMap<KeyHash, HashedKey>();
        var known =
                IntStream.range(0, MANY).mapToObj(_ -> key(random.nextLong())).toList();
        for (int step = 0; step < 400; step++) {
            var changes = new ArrayList<HashedKey>();
            for (int i = random.nextInt(1_000); i > 0; i--) {
                changes.add(changed(known.get(random.nextInt(MANY))));
            }
            if (step % 97 == 96) {
                changes.removeIf(HashedKey::revoked);
                changes = new ArrayList<>(byHash(changes).values());
                model.clear();
                table.replace(changes);
            } else {
                table.apply(changes);
            }
            for (var change : changes) {
                if (change.revoked()) {
                    model.remove(change.hash());
                } else {
                    model.put(change.hash(), change);
                }
            }
            assertThat(table.size()).isEqualTo(model.size());
        }

        for (var key : known) {
            assertThat(find(key.hash())).isEqualTo(entry(model.get(key.hash())));
        }
        assertThat(byHash(all())).isEqualTo(model);
        assertThat(all()).hasSize(model.size());
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void exchangesKeyAfterKeyWhileItIsAsFullAsItGets() {
        // where a table that counts what is gone as used up would be built anew for each of them
        var keys = new ArrayList<>(
                IntStream.range(0, 65_534).mapToObj(_ -> key(random.nextLong())).toList());
        table.apply(keys);
        for (int i = 0; i < MANY; i++) {
            var old = keys.get(i % keys.size());
            var next = key(random.nextLong());
            table.apply(List.of(new HashedKey(old.id(), old.consumer(), old.hash(), 0, true), next));
            keys.set(i % keys.size(), next);
        }

        assertThat(byHash(all())).isEqualTo(byHash(keys));
    }

    @Test
    void tellsKeysApartThatBeginAlike() {
        var keys = new ArrayList<HashedKey>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(key(7, i));
        }
        table.apply(keys.subList(0, 500));

        for (int i = 0; i < 1_000; i++) {
            assertThat(find(keys.get(i).hash()).isPresent()).isEqualTo(i < 500);
        }
    }

    @Test
    void forgetsTheKeyThatIsRevokedAndNoOther() {
        table.apply(List.of(key(1), key(2), key(3)));
        table.apply(List.of(new HashedKey("whatever", "", key(2).hash(), 0, true), revoked(key(9))));

        assertThat(find(key(1).hash())).isPresent();
        assertThat(find(key(2).hash())).isEmpty();
        assertThat(find(key(3).hash())).isPresent();
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void knowsWhetherAnyKeyWasImportedAndWhichPeppersAreNeeded() {
        table.apply(List.of(key(1)));
        assertThat(table.anyImported()).isFalse();

        var imported = new HashedKey(
                "imported",
                "shop",
                new KeyHash(new byte[32], 2),
                0,
                Long.MAX_VALUE,
                KeyTerms.OPEN,
                true,
                false,
                "imported");
        table.apply(List.of(imported));
        assertThat(table.anyImported()).isTrue();
        assertThat(table.byPepper()).isEqualTo(Map.of(1, 1, 2, 1));
    }

    @Test
    void startsAnewWithWhatReplacesIt() {
        table.apply(List.of(key(1), key(2)));

        table.replace(List.of(key(2), revoked(key(3))));

        assertThat(all()).containsExactly(key(2));
        table.replace(List.of());
        assertThat(table.size()).isZero();
        assertThat(find(key(2).hash())).isEmpty();
    }

    @Test
    void neverMissesAKeyInForceWhileOthersComeAndGo() throws Exception {
        var lasting = IntStream.range(0, 1_000).mapToObj(i -> key(i)).toList();
        var never = key(-1);
        table.apply(lasting);
        var done = new AtomicBoolean();
        var readers = new ArrayList<Future<Long>>();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (int reader = 0; reader < 3; reader++) {
                long seed = reader;
                readers.add(threads.submit(() -> lookUp(new Random(seed), lasting, never, done)));
            }
            for (int round = 0; round < 300; round++) {
                var comers = IntStream.range(0, 200)
                        .mapToObj(_ -> key(random.nextLong()))
                        .toList();
                table.apply(comers);
                // the lasting ones are written again and again, as when their end is put off
                table.apply(lasting.subList(round, round + 300));
                table.apply(comers.stream().map(KeyTableTest::revoked).toList());
                if (round % 50 == 49) {
                    table.replace(lasting);
                }
            }
            done.set(true);
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(byHash(all())).isEqualTo(byHash(lasting));
    }

    /** @return how many it looked up */
    private long lookUp(Random random, List<HashedKey> lasting, HashedKey never, AtomicBoolean done) {
        long count = 0;
        while (!done.get()) {
            var key = lasting.get(random.nextInt(lasting.size()));
            if (!find(key.hash()).equals(entry(key)) || find(never.hash()).isPresent()) {
                throw new AssertionError("look-up " + count + " of " + key + " found " + find(key.hash()));
            }
            count++;
        }
        return count;
    }

    private HashedKey changed(HashedKey key) {
        return new HashedKey(
                key.id(),
                "consumer-" + random.nextInt(50),
                key.hash(),
                random.nextLong(),
                random.nextLong(),
                new KeyTerms("live", List.of("route-" + random.nextInt(30)), List.of(), List.of()),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                random.nextBoolean() ? key.id() : "%08x".formatted(random.nextInt()));
    }

    private static Map<KeyHash, HashedKey> byHash(List<HashedKey> keys) {
        var all = new HashMap<KeyHash, HashedKey>();
        keys.forEach(key -> all.put(key.hash(), key));
        return all;
    }

    private static Optional<HashedKey> entry(@Nullable HashedKey key) {
        return Optional.ofNullable(key);
    }

    private Optional<HashedKey> find(KeyHash hash) {
        var rows = table.rows();
        int row = rows.find(hash.bytes());
        return row == KeyRows.NONE ? Optional.empty() : Optional.of(rows.key(row));
    }

    private List<HashedKey> all() {
        var all = new ArrayList<HashedKey>();
        table.forEach(all::add);
        return all;
    }

    private static HashedKey revoked(HashedKey key) {
        return new HashedKey(key.id(), key.consumer(), key.hash(), key.expiresAt(), true);
    }

    private static HashedKey key(long seed) {
        return key(seed * 0x9E3779B97F4A7C15L, seed);
    }

    /** @param first what decides where it goes */
    private static HashedKey key(long first, long rest) {
        var hash = ByteBuffer.allocate(32)
                .putLong(first)
                .putLong(0)
                .putLong(0)
                .putLong(rest)
                .array();
        var id = "%08x".formatted((int) rest);
        return new HashedKey(id, "consumer", new KeyHash(hash, 1), Long.MAX_VALUE, false);
    }
}
