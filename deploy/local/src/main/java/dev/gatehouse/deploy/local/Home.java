package dev.gatehouse.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The one folder in which everything is kept from run to run. */
final class Home {

    /** What {@code --fresh} leaves: the lock that is held while it deletes, and what the build remembers. */
    private static final List<String> KEPT = List.of("lock", "built", "build.log");

    private final Path folder;

    Home(Path folder) {
        this.folder = folder;
    }

    Path folder(String name) {
        var made = folder.resolve(name);
        try {
            Files.createDirectories(made);
        } catch (IOException e) {
            throw new StartException("The folder " + made + " cannot be made: " + e.getMessage(), e);
        }
        return made;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Drawn at the first run: 32 random bytes as 64 hexadecimal digits, in a file that only its owner reads. */
    String secret(String name) {
        return read(name).orElseGet(() -> {
            var random = new byte[32];
            new SecureRandom().nextBytes(random);
            var secret = HexFormat.of().formatHex(random);
            write(name, secret);
            return secret;
        });
    }

    Optional<String> read(String name) {
        var file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new StartException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Only the owner may read it. */
    void write(String name, String content) {
        var file = folder.resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new StartException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames it to {@code <name>.previous}, which is replaced. */
    void setAside(String name) {
        var previous = folder.resolve(name + ".previous");
        try {
            if (Files.exists(folder.resolve(name))) {
                delete(previous);
                Files.move(folder.resolve(name), previous);
            }
        } catch (IOException e) {
            throw new StartException("The folder " + previous + " cannot be replaced: " + e.getMessage(), e);
        }
    }

    private static void delete(Path entry) throws IOException {
        if (!Files.exists(entry)) {
            return;
        }
        try (var files = Files.walk(entry)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Deletes what earlier runs kept. */
    void clear() {
        try (var entries = Files.list(folder)) {
            for (var entry : entries.filter(entry -> !KEPT.contains(String.valueOf(entry.getFileName())))
                    .toList()) {
                delete(entry);
            }
        } catch (IOException e) {
            throw new StartException("What earlier runs kept cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
