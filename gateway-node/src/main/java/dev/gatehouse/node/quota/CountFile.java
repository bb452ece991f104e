package dev.gatehouse.node.quota;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Period;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts that outlive this process. They are kept in mapped memory, so that counting costs no system call, and what a
 * killed process has counted is in the file. Only the loss of the whole machine can lose what the system had not written.
 *
 * <p>What was counted leaves in batches, one at a time and in their order: a batch is sealed, sent until it is known to
 * be taken, and only then is the next one sealed. A slot has its count and what of it was sealed by the last batch of an
 * even and of an odd number; the difference of the two is the batch's content, also for whoever finds the file later.
 */
final class CountFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CountFile.class);
    private static final String SUFFIX = ".counts";
    private static final long FORMAT = 0x4748_5155_4f54_0001L;
    private static final int AT_FORMAT = 0;
    private static final int AT_ID = 8;
    private static final int AT_SLOTS = 24;
    private static final int AT_SEALED = 32;
    private static final int AT_TAKEN = 40;
    private static final int AT_BOOT = 48;
    private static final int HEADER = 64;
    private static final int SLOT = 512;
    private static final int AT_ONCE = 1 << 16;
    private static final int AT_COUNT = 0;
    private static final int AT_EVEN = 8;
    private static final int AT_START = 24;
    private static final int AT_END = 32;
    private static final int AT_NAMES = 40;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle COUNT = LONG.varHandle();

    private final MemorySegment memory;
    private final Optional<Path> path;
    private final @Nullable FileChannel channel;
    private final int capacity;
    private final List<Slot> slots = new ArrayList<>();

    private CountFile(MemorySegment memory, Optional<Path> path, @Nullable FileChannel channel) {
        this.memory = memory;
        this.path = path;
        this.channel = channel;
        this.capacity = (int) ((memory.byteSize() - HEADER) / SLOT);
    }

    /** What of an account has not been taken yet. */
    record Delta(Account account, long cost) {}

    /** The count of one account. */
    static final class Slot {

        private final MemorySegment memory;
        private final long at;
        private final Account account;

        private Slot(MemorySegment memory, long at, Account account) {
            this.memory = memory;
            this.at = at;
            this.account = account;
        }

        /** @return false once it is retired: then its successor counts */
        boolean add(long cost) {
            long seen = get();
            while ((seen & 1) == 0) {
                if (COUNT.compareAndSet(memory, at + AT_COUNT, seen, seen + 2 * cost)) {
                    return true;
                }
                seen = get();
            }
            return false;
        }

        /** From now on nothing is added. */
        void retire() {
            long seen = get();
            while ((seen & 1) == 0 && !COUNT.compareAndSet(memory, at + AT_COUNT, seen, seen | 1)) {
                seen = get();
            }
        }

        private long get() {
            return (long) COUNT.getVolatile(memory, at + AT_COUNT);
        }

        private long counted() {
            return get() >> 1;
        }

        private long sealedBy(long batch) {
            return memory.get(LONG, at + AT_EVEN + Long.BYTES * (batch & 1));
        }

        private void seal(long batch, long counted) {
            memory.set(LONG, at + AT_EVEN + Long.BYTES * (batch & 1), counted);
        }
    }

    /**
     * A new one; in memory alone where the folder takes no file.
     *
     * @param boot of the process, by which Redis knows what it held
     */
    static CountFile create(Path folder, UUID boot, int capacity) {
        var id = UUID.randomUUID();
        long size = HEADER + (long) SLOT * capacity;
        try {
            var path = Files.createDirectories(folder).resolve(id + SUFFIX);
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            // all of it at once: a disk that is full shows here, not while counting
            for (var zeros = ByteBuffer.allocate(AT_ONCE); channel.size() < size; zeros.clear()) {
                channel.write(zeros.limit((int) Math.min(AT_ONCE, size - channel.size())), channel.size());
            }
            var file = map(path, channel);
            if (file.isPresent()) {
                file.get().begin(id, boot);
                return file.get();
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{} takes no file; a killed node loses what it counted in its last second", folder, e);
        }
        var file = new CountFile(Arena.ofAuto().allocate(size, Long.BYTES), Optional.empty(), null);
        file.begin(id, boot);
        return file;
    }

    /** Those that no living process counts in. */
    static List<CountFile> left(Path folder) {
        var left = new ArrayList<CountFile>();
        if (!Files.isDirectory(folder)) {
            return left;
        }
        try (var paths = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var path : paths) {
                var channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
                var file = map(path, channel);
                if (file.isPresent() && file.get().read()) {
                    left.add(file.get());
                } else {
                    file.ifPresent(CountFile::close);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read; counts may be left there", folder, e);
        }
        return left;
    }

    private static Optional<CountFile> map(Path path, FileChannel channel) throws IOException {
        if (channel.size() < HEADER || lock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        // unmapped when nobody has it any more: who comes late finds a retired slot, never a hole
        var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), Arena.ofAuto());
        return Optional.of(new CountFile(memory, Optional.of(path), channel));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void begin(UUID id, UUID boot) {
        set(AT_ID, id);
        set(AT_BOOT, boot);
        memory.set(LONG, AT_FORMAT, FORMAT);
    }

    private void set(int at, UUID id) {
        memory.set(LONG, at, id.getMostSignificantBits());
        memory.set(LONG, at + Long.BYTES, id.getLeastSignificantBits());
    }

    private UUID uuid(int at) {
        return new UUID(memory.get(LONG, at), memory.get(LONG, at + Long.BYTES));
    }

    /** @return false when it is of another format, or nothing was ever counted in it */
    private boolean read() {
        if (memory.get(LONG, AT_FORMAT) != FORMAT) {
            return false;
        }
        for (long i = 0; i < Math.min(capacity, memory.get(LONG, AT_SLOTS)); i++) {
            long at = HEADER + i * SLOT;
            var names = memory.asSlice(at + AT_NAMES, SLOT - AT_NAMES)
                    .getString(0, StandardCharsets.UTF_8)
                    .split("\n", 2);
            var period = new Period(
                    Instant.ofEpochSecond(memory.get(LONG, at + AT_START)),
                    Instant.ofEpochSecond(memory.get(LONG, at + AT_END)));
            slots.add(new Slot(memory, at, new Account(names[0], names[1], period)));
        }
        return true;
    }

    /** What its batches are told apart by. */
    UUID id() {
        return uuid(AT_ID);
    }

    /** Of the process that counted. */
    UUID boot() {
        return uuid(AT_BOOT);
    }

    /** All that were ever counted here. */
    synchronized List<Account> accounts() {
        return slots.stream().map(slot -> slot.account).distinct().toList();
    }

    /** @return null when there is no room */
    synchronized @Nullable Slot allocate(Account account) {
        if (slots.size() == capacity) {
            return null;
        }
        long at = HEADER + (long) slots.size() * SLOT;
        memory.set(LONG, at + AT_START, account.period().start().getEpochSecond());
        memory.set(LONG, at + AT_END, account.period().end().getEpochSecond());
        memory.asSlice(at + AT_NAMES, SLOT - AT_NAMES)
                .setString(0, account.quota() + "\n" + account.subject(), StandardCharsets.UTF_8);
        var slot = new Slot(memory, at, account);
        slots.add(slot);
        COUNT.setRelease(memory, (long) AT_SLOTS, (long) slots.size());
        return slot;
    }

    /** How many bytes the names of an account may have together. */
    static boolean fits(String quota, String subject) {
        return (quota + "\n" + subject).getBytes(StandardCharsets.UTF_8).length < SLOT - AT_NAMES;
    }

    /** From now on nothing is counted here; who tries is told. */
    synchronized void retire() {
        slots.forEach(Slot::retire);
    }

    /** The number of the batch that was sealed last. */
    long sequence() {
        return memory.get(LONG, AT_SEALED);
    }

    /**
     * The content of the batch that waits to be taken; where none does, a new one of all that was counted since.
     *
     * @return empty when nothing was
     */
    synchronized List<Delta> batch() {
        if (sequence() > memory.get(LONG, AT_TAKEN)) {
            return content();
        }
        long next = sequence() + 1;
        // looked at once: sealed after what was seen has been taken back, a batch would be without content and wait for
        // ever
        var counted = slots.stream().mapToLong(Slot::counted).toArray();
        if (IntStream.range(0, counted.length)
                .allMatch(i -> counted[i] == slots.get(i).sealedBy(next - 1))) {
            return List.of();
        }
        for (int i = 0; i < counted.length; i++) {
            slots.get(i).seal(next, counted[i]);
        }
        COUNT.setRelease(memory, (long) AT_SEALED, next);
        return content();
    }

    private List<Delta> content() {
        var costs = new LinkedHashMap<Account, Long>();
        long sealed = sequence();
        for (var slot : slots) {
            long cost = slot.sealedBy(sealed) - slot.sealedBy(sealed - 1);
            if (cost != 0) {
                // an account that was forgotten and came back has two slots
                costs.merge(slot.account, cost, Long::sum);
            }
        }
        return costs.entrySet().stream()
                .map(cost -> new Delta(cost.getKey(), cost.getValue()))
                .toList();
    }

    /** The batch is known to be in the ledger. */
    void taken() {
        COUNT.setRelease(memory, (long) AT_TAKEN, sequence());
    }

    int size() {
        synchronized (this) {
            return slots.size();
        }
    }

    int capacity() {
        return capacity;
    }

    /** All of it is in the ledger. */
    void delete() {
        close();
        path.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Leaves the file to whoever comes next. */
    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
