package dev.gatehouse.node.sync;

import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last good configuration in a folder of this node, so that it starts and serves with PostgreSQL down. Two
 * generations, each a SHA-256 and then the content. A file that was cut off or altered is passed over. Keys are kept beside
 * it, in {@link KeyLog}.
 */
final class Disk {

    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
    private static final int FORMAT = 3;
    private static final int SUM = 32;
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    private final Path folder;

    /** @throws UncheckedIOException when the folder cannot be made; the message names it */
    Disk(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The state folder " + folder.toAbsolutePath() + " cannot be made", e);
        }
    }

    /** What is kept. */
    record Stored(Version version, Snapshot snapshot) {}

    void save(Stored stored) {
        var current = folder.resolve("configuration");
        var fresh = folder.resolve("configuration.new");
        try {
            var content = encode(stored);
            Files.deleteIfExists(fresh);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = FileChannel.open(fresh, NEW, owner)) {
                write(channel, ByteBuffer.wrap(sum(content)));
                write(channel, ByteBuffer.wrap(content));
                channel.force(true);
            }
            if (Files.exists(current)) {
                Files.move(current, folder.resolve("configuration.previous"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration cannot be kept in " + folder.toAbsolutePath(), e);
        }
    }

    /** How many nodes share the limits: a node that starts while everything is away goes on with its share, not with all. */
    void saveNodes(int nodes) {
        var fresh = folder.resolve("nodes.new");
        try {
            Files.writeString(fresh, Integer.toString(nodes));
            Files.move(fresh, folder.resolve("nodes"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The number of nodes cannot be kept in " + folder.toAbsolutePath(), e);
        }
    }

    /** 1 when it was never known. */
    int nodes() {
        try {
            return Math.max(
                    1,
                    Integer.parseInt(Files.readString(folder.resolve("nodes")).strip()));
        } catch (IOException | NumberFormatException e) {
            return 1;
        }
    }

    Optional<Stored> load() {
        return load("configuration").or(() -> load("configuration.previous"));
    }

    private Optional<Stored> load(String name) {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var bytes = Files.readAllBytes(file);
            if (bytes.length < SUM) {
                throw new IOException("it is cut off");
            }
            var content = Arrays.copyOfRange(bytes, SUM, bytes.length);
            if (!MessageDigest.isEqual(sum(content), Arrays.copyOf(bytes, SUM))) {
                throw new IOException("its checksum does not fit");
            }
            return Optional.of(decode(content));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The kept configuration {} cannot be used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] encode(Stored stored) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeLong(stored.version.epoch().getMostSignificantBits());
            out.writeLong(stored.version.epoch().getLeastSignificantBits());
            out.writeLong(stored.version.revision());
            var json = JsonMapper.shared().writeValueAsBytes(Settings.write(Document.of(stored.snapshot, Map.of())));
            out.writeInt(json.length);
            out.write(json);
        }
        return bytes.toByteArray();
    }

    private static Stored decode(byte[] content) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("it is of format " + format + ", this node reads " + FORMAT);
            }
            var version = new Version(new UUID(in.readLong(), in.readLong()), in.readLong());
            var json = in.readNBytes(in.readInt());
            var document = Settings.read(Document.class, JsonMapper.shared().readValue(json, Object.class))
                    .orThrow();
            return new Stored(version, document.snapshot());
        }
    }

    private static byte[] sum(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
