package dev.gatehouse.deploy.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Supplier;

/** What both servers need of the file system and of ports. */
final class Folders {

    private static final int ATTEMPTS = 3;

    private Folders() {}

    static Path writable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", null));
            return folder.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new ServerStartException(
                    "The folder " + folder.toAbsolutePath() + " cannot be written ("
                            + e.getClass().getSimpleName() + "); make it writable or choose another one.",
                    e);
        }
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory("gatehouse-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // a server that was killed may still be unlinking its own files; the temporary folder is lost, not the test
        }
    }

    /** A port that was free may be taken by the time it is used. */
    static <T> T again(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (ServerStartException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static ServerStartException taken(String server, int port) {
        return new ServerStartException(
                "Port " + port + ", on which " + server
                        + " should listen, is taken by another program; stop that one or choose another port.",
                null);
    }
}
