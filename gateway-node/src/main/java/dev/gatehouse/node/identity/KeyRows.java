package dev.gatehouse.node.identity;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keys in pages of primitive arrays: 72 bytes each, and 8 to 11 more to find it by its hash. A row is filled before the
 * index tells of it and never filled again, so that any number of threads read without a lock while one writes: what
 * they find is whole, and it stays that key. Open addressing; a hash is HMAC output, so its first bits spread evenly.
 */
public final class KeyRows {

    /** What {@link #find} says when there is no such key. */
    public static final int NONE = -1;

    private static final int FREE = 0;
    private static final int GONE = -1;
    private static final int LEAST = 64;
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int WIDTH = 9;
    private static final int ID = 4;
    private static final int BEGINS = 5;
    private static final int EXPIRES = 6;
    private static final int HOLDER = 7;
    private static final int ORIGIN = 8;
    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** A row's number and 1; 0 where nothing ever was. */
    private final int[] index;

    private final Interned<String> consumers;
    private final Interned<Granted> granted;

    /** How many keys have each of these. */
    private int[] holders = new int[LEAST];

    private long[][] pages;
    private int rows;
    private int filled;
    private final AtomicInteger used = new AtomicInteger();

    private KeyRows(int capacity, Interned<String> consumers, Interned<Granted> granted, long[][] pages, int rows) {
        index = new int[capacity];
        this.consumers = consumers;
        this.granted = granted;
        this.pages = pages;
        this.rows = rows;
    }

    static KeyRows empty() {
        return new KeyRows(LEAST, new Interned<>(), new Interned<>(), new long[0][], 0);
    }

    /** The row of a key, or {@link #NONE}. Every word is compared, whatever the first ones say; nothing is allocated. */
    public int find(byte[] hash) {
        long a = (long) WORD.get(hash, 0);
        long b = (long) WORD.get(hash, 8);
        long c = (long) WORD.get(hash, 16);
        long d = (long) WORD.get(hash, 24);
        return probe(a, b, c, d, false);
    }

    /** @param place its place in the index is wanted rather than its row */
    private int probe(long a, long b, long c, long d, boolean place) {
        int mask = index.length - 1;
        for (int slot = (int) a & mask; ; slot = slot + 1 & mask) {
            int entry = (int) ENTRY.getAcquire(index, slot);
            if (entry == FREE) {
                return NONE;
            }
            if (entry != GONE) {
                var page = pages[(entry - 1) >>> PAGE_BITS];
                int at = at(entry - 1);
                long differing = (page[at] ^ a) | (page[at + 1] ^ b) | (page[at + 2] ^ c) | (page[at + 3] ^ d);
                if (differing == 0) {
                    return place ? slot : entry - 1;
                }
            }
        }
    }

    private static int at(int row) {
        return (row & PAGE - 1) * WIDTH;
    }

    private long word(int row, int which) {
        return pages[row >>> PAGE_BITS][at(row) + which];
    }

    public boolean inForce(int row, long nowMillis) {
        return word(row, BEGINS) <= nowMillis && word(row, EXPIRES) > nowMillis;
    }

    public String consumer(int row) {
        return consumers.get((int) (word(row, HOLDER) >>> Integer.SIZE));
    }

    public String id(int row) {
        return text(word(row, ID));
    }

    /**
     * Under which id it is counted.
     *
     * @param id its own, which it mostly is
     */
    public String origin(int row, String id) {
        long origin = word(row, ORIGIN);
        return origin == word(row, ID) ? id : text(origin);
    }

    private static String text(long id) {
        var bytes = new byte[Long.BYTES];
        WORD.set(bytes, 0, id);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long word(String id) {
        return ByteBuffer.wrap(id.getBytes(StandardCharsets.ISO_8859_1)).getLong();
    }

    public Grant grant(int row) {
        return granted(row).grant();
    }

    private Granted granted(int row) {
        return granted.get((int) word(row, HOLDER));
    }

    /** How many keys there are. */
    int size() {
        return used.get();
    }

    /** Were any of these issued by another product? */
    boolean anyImported() {
        for (int number = 0; number < granted.size(); number++) {
            if (number < holders.length
                    && holders[number] > 0
                    && granted.get(number).imported()) {
                return true;
            }
        }
        return false;
    }

    /** Is another object due, because the index is three quarters full or a fifth of the rows is dead? */
    boolean isWorn() {
        return filled > index.length / 4 * 3 || isWasteful();
    }

    private boolean isWasteful() {
        int alive = used.get();
        return rows - alive > PAGE + alive / 4;
    }

    /** The same keys; readers of this one are not disturbed. This one is not to be written any more. */
    KeyRows renewed() {
        int capacity = Math.max(LEAST, Integer.highestOneBit(used.get() + 1) * 4);
        if (isWasteful()) {
            var fresh = new KeyRows(capacity, new Interned<>(), new Interned<>(), new long[0][], 0);
            forEach(fresh::put);
            return fresh;
        }
        var fresh = new KeyRows(capacity, consumers, granted, pages, rows);
        for (int entry : index) {
            if (entry > FREE) {
                fresh.enter(entry - 1);
            }
        }
        return fresh;
    }

    private void enter(int row) {
        int mask = index.length - 1;
        int slot = (int) word(row, 0) & mask;
        while (index[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        ENTRY.setRelease(index, slot, row + 1);
        filled++;
        used.incrementAndGet();
        held(row, 1);
    }

    private void held(int row, int more) {
        int number = (int) word(row, HOLDER);
        if (number >= holders.length) {
            holders = Arrays.copyOf(holders, Math.max(number + 1, holders.length * 2));
        }
        holders[number] += more;
    }

    /** Adds it, or puts it in the place of the one with that hash: whoever looks meets the one or the other. */
    void put(HashedKey key) {
        var hash = key.hash().bytes();
        int slot = slot(hash);
        int row = append(key, hash);
        if (slot < 0) {
            enter(row);
        } else {
            held(index[slot] - 1, -1);
            ENTRY.setRelease(index, slot, row + 1);
            held(row, 1);
        }
    }

    void remove(KeyHash hash) {
        int slot = slot(hash.bytes());
        if (slot >= 0) {
            held(index[slot] - 1, -1);
            ENTRY.setRelease(index, slot, GONE);
            used.decrementAndGet();
        }
    }

    private int slot(byte[] hash) {
        var words = ByteBuffer.wrap(hash);
        return probe(words.getLong(), words.getLong(), words.getLong(), words.getLong(), true);
    }

    private int append(HashedKey key, byte[] hash) {
        int row = rows++;
        if (row >>> PAGE_BITS == pages.length) {
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = new long[PAGE * WIDTH];
        }
        var page = pages[row >>> PAGE_BITS];
        int at = at(row);
        ByteBuffer.wrap(hash).asLongBuffer().get(page, at, 4);
        page[at + ID] = word(key.id());
        page[at + ORIGIN] = word(key.origin());
        page[at + BEGINS] = key.notBefore();
        page[at + EXPIRES] = key.expiresAt();
        int holder = consumers.of(key.consumer());
        int terms = granted.of(new Granted(new Grant(key.terms()), key.hash().pepperVersion(), key.imported()));
        page[at + HOLDER] = (long) holder << Integer.SIZE | terms;
        return row;
    }

    /** In no order. */
    void forEach(Consumer<HashedKey> action) {
        for (int entry : index) {
            if (entry > FREE) {
                action.accept(key(entry - 1));
            }
        }
    }

    /** How many keys each pepper hashed. */
    Map<Integer, Integer> byPepper() {
        var counts = new TreeMap<Integer, Integer>();
        for (int number = 0; number < granted.size(); number++) {
            if (number < holders.length && holders[number] > 0) {
                counts.merge(granted.get(number).pepperVersion(), holders[number], Integer::sum);
            }
        }
        return counts;
    }

    HashedKey key(int row) {
        var hash = ByteBuffer.allocate(32);
        for (int word = 0; word < ID; word++) {
            hash.putLong(word(row, word));
        }
        var terms = granted(row);
        var id = id(row);
        return new HashedKey(
                id,
                consumer(row),
                new KeyHash(hash.array(), terms.pepperVersion()),
                word(row, BEGINS),
                word(row, EXPIRES),
                terms.grant().terms(),
                terms.imported(),
                false,
                origin(row, id));
    }

    /** What many keys have in common. */
    record Granted(Grant grant, int pepperVersion, boolean imported) {}
}
