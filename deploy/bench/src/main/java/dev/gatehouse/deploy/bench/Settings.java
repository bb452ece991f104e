package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration files, with this run's ports and folder for what stands between two {@code @} in them. */
final class Settings implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("@([a-z-]+)@");

    private final Path templates;
    private final Path folder;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param templates where the files are as they were committed */
    Settings(Path templates) {
        this.templates = templates;
        try {
            // nginx's worker is another user where root starts it, and has to reach the files it serves
            var passable = PosixFilePermissions.fromString("rwx--x--x");
            folder = Files.setPosixFilePermissions(Files.createTempDirectory("gatehouse-bench"), passable);
        } catch (IOException e) {
            throw new BenchException("No temporary folder can be made: " + e.getMessage(), e);
        }
        set("folder", folder.toString());
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** A free port of loopback, the same for a name whenever it is asked for. */
    int port(String name) {
        return Integer.parseInt(values.computeIfAbsent(name, _ -> Integer.toString(freePort())));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("No port is free: " + e.getMessage(), e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(file(name).resolveSibling("."));
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new BenchException(file(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** @return where the filled file is */
    Path filled(String name) {
        try {
            var text = NAME.matcher(Files.readString(templates.resolve(name)))
                    .replaceAll(found -> Matcher.quoteReplacement(value(name, found.group(1))));
            write(name, text);
            return file(name);
        } catch (IOException e) {
            throw new BenchException(templates.resolve(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String value(String file, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new BenchException("Nothing is known for @" + name + "@ in " + file + ".", null);
        }
        return value;
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it is in the temporary folder
        }
    }
}
