package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.identity.KeyTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hashes of all keys in a folder of this node. One file: a record of all keys, then one of what each revision
 * changed, so that a change of one key among a million writes a hundred bytes. It is written anew when the changes have
 * grown to a quarter; the one before is kept. Every record ends with its CRC-32C; one that was cut off ends the reading.
 */
final class KeyLog {

    private static final Logger LOG = LoggerFactory.getLogger(KeyLog.class);
    private static final int FORMAT = 1;
    private static final int BUFFER = 1 << 16;
    private static final long LEAST = 1 << 20;

    private final Path folder;
    private long whole;
    private long changes;

    KeyLog(Path folder) {
        this.folder = folder;
    }

    /** Is it time to write all keys anew, because nothing is known of the file yet, or it has grown? */
    boolean isWorn() {
        return whole == 0 || changes > Math.max(LEAST, whole / 4);
    }

    /** Writes all keys anew. */
    void write(Version version, KeyTable keys) {
        var current = folder.resolve("keys");
        var fresh = folder.resolve("keys.new");
        whole = 0;
        try {
            Files.deleteIfExists(fresh);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel =
                    FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
                write(channel, version, keys.size(), keys::forEach);
                whole = channel.position();
            }
            if (Files.exists(current)) {
                Files.move(current, folder.resolve("keys.previous"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
            changes = 0;
        } catch (IOException | UncheckedIOException e) {
            whole = 0;
            throw new UncheckedIOException("The keys cannot be kept in " + folder.toAbsolutePath(), reason(e));
        }
    }

    /** Adds what led to that version. */
    void append(Version version, List<HashedKey> changed) {
        try (var channel = FileChannel.open(folder.resolve("keys"), StandardOpenOption.APPEND)) {
            long before = channel.size();
            write(channel, version, changed.size(), changed::forEach);
            changes += channel.size() - before;
        } catch (IOException | UncheckedIOException e) {
            whole = 0;
            throw new UncheckedIOException("The keys cannot be kept in " + folder.toAbsolutePath(), reason(e));
        }
    }

    private static IOException reason(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }

    private static void write(FileChannel channel, Version version, int count, KeyTable.Source keys)
            throws IOException {
        var sum = new CRC32C();
        var checked = new CheckedOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), sum);
        var out = new DataOutputStream(checked);
        out.writeInt(FORMAT);
        out.writeLong(version.epoch().getMostSignificantBits());
        out.writeLong(version.epoch().getLeastSignificantBits());
        out.writeLong(version.revision());
        out.writeInt(count);
        var writer = new KeyFile.Writer(out);
        keys.handOver(key -> {
            try {
                writer.write(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.writeLong(sum.getValue());
        out.flush();
        channel.force(true);
    }

    /** Fills the table. @return the version that its keys are of; empty when there is nothing to be used */
    Optional<Version> load(KeyTable table) {
        return load("keys", table).or(() -> load("keys.previous", table));
    }

    private Optional<Version> load(String name, KeyTable table) {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var stream = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            var reached = new ArrayList<Version>(1);
            table.replace(sink -> reached.add(read(stream, sink)));
            try {
                while (true) {
                    var changed = new ArrayList<HashedKey>();
                    reached.set(0, read(stream, changed::add));
                    table.apply(changed);
                }
            } catch (RuntimeException e) {
                if (!(e.getCause() instanceof EOFException)) {
                    LOG.warn("The kept keys {} can be used up to revision {}: {}", file, reached, e.getMessage());
                }
            }
            return Optional.of(reached.getFirst());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The kept keys {} cannot be used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static Version read(BufferedInputStream stream, Consumer<HashedKey> sink) {
        var sum = new CRC32C();
        var in = new DataInputStream(new CheckedInputStream(stream, sum));
        try {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("they are of format " + format + ", this node reads " + FORMAT);
            }
            var version = new Version(new UUID(in.readLong(), in.readLong()), in.readLong());
            int count = in.readInt();
            var reader = new KeyFile.Reader(in);
            for (int i = 0; i < count; i++) {
                sink.accept(reader.read());
            }
            long found = sum.getValue();
            if (in.readLong() != found) {
                throw new IOException("their checksum does not fit");
            }
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
