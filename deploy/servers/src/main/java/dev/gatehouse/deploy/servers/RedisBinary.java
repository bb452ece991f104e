package dev.gatehouse.deploy.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Redis program: the one that comes with us where it fits the platform, else one that is installed. */
final class RedisBinary {

    private static final String VERSION = "7.0.15";

    private RedisBinary() {}

    static Path in(Path folder) {
        return bundled(folder)
                .or(RedisBinary::installed)
                .orElseThrow(() -> new ServerStartException(
                        "No Redis fits this platform (" + platform()
                                + "): install valkey-server or redis-server 7.0 or later, or set GATEHOUSE_REDIS_URL to a running one.",
                        null));
    }

    private static Optional<Path> bundled(Path folder) {
        var resource = "/redis-server-" + VERSION + "-" + platform();
        try (var stream = RedisBinary.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            var program = folder.resolve("redis-server-" + VERSION);
            if (!Files.isExecutable(program)) {
                var fresh = Files.createTempFile(folder, "redis", ".new");
                Files.copy(stream, fresh, StandardCopyOption.REPLACE_EXISTING);
                if (!fresh.toFile().setExecutable(true)) {
                    return Optional.empty();
                }
                Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
            }
            return runs(program) ? Optional.of(program) : Optional.empty();
        } catch (IOException e) {
            throw new ServerStartException("Redis cannot be unpacked to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> installed() {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(java.io.File.pathSeparator, -1);
        return List.of("valkey-server", "redis-server").stream()
                .flatMap(name -> java.util.Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .filter(RedisBinary::runs)
                .findFirst();
    }

    /** Does it run here, and is it new enough? */
    private static boolean runs(Path program) {
        try {
            var process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            var major = said.replaceAll("(?s).*v=(\\d+)\\..*", "$1");
            return process.waitFor() == 0 && major.matches("\\d+") && Integer.parseInt(major) >= 7;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String platform() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var system = name.contains("mac") ? "darwin" : name.contains("linux") ? "linux" : name;
        return system + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
    }
}
