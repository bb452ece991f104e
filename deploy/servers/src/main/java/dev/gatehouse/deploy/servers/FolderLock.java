package dev.gatehouse.deploy.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while a program works in a folder; goes with the program, also after kill -9. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws ServerStartException when another program holds it */
    public static FolderLock take(Path folder) {
        try {
            var channel = FileChannel.open(
                    Folders.writable(folder).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new ServerStartException("The lock in " + folder + " cannot be taken: " + e.getMessage(), e);
        }
        throw new ServerStartException(
                "The folder " + folder
                        + " is in use by another Gatehouse that runs on this machine; stop that one first.",
                null);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
