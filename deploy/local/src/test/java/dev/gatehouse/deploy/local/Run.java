package dev.gatehouse.deploy.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What a person at a terminal has started: the packaged launcher as a process, and what it prints. */
final class Run implements AutoCloseable {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path home;
    private final Path output;
    private final Process process;

    private Run(Path home, Path output, Process process) {
        this.home = home;
        this.output = output;
        this.process = process;
    }

    /** @param options beside a home and ports of its own */
    static Run start(Path folder, Ports ports, String... options) {
        return start(folder, ports, Map.of(), options);
    }

    static Run start(Path folder, Ports ports, Map<String, String> environment, String... options) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dgatehouse.root=" + ROOT,
                    "-cp",
                    ROOT + "/deploy/local/target/gatehouse-local-0.1.0.jar:" + ROOT + "/deploy/local/target/lib/*",
                    Main.class.getName(),
                    "--home=" + folder.resolve("home")));
            command.addAll(ports.options());
            command.addAll(Arrays.asList(options));
            var output = Files.createTempFile(folder, "run", ".out");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
            builder.environment().putAll(environment);
            return new Run(folder.resolve("home"), output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ports that were free a moment ago, each with room for the nodes or services that follow it. */
    record Ports(int http, int admin, int console, int postgres, int redis, int demo) {

        /** Below those that Linux gives to outgoing connections: whoever listens comes later. */
        static Ports free() {
            while (true) {
                int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
                var ports = new Ports(first, first + 3, first + 6, first + 9, first + 12, first + 15);
                if (ports.areFree()) {
                    return ports;
                }
            }
        }

        boolean areFree() {
            return IntStream.of(http, http + 1, admin, admin + 1, console, postgres, redis, demo, demo + 1, demo + 2)
                    .allMatch(port -> freePort(port) > 0);
        }

        private List<String> options() {
            return List.of(
                    "--http-port=" + http,
                    "--admin-port=" + admin,
                    "--console-port=" + console,
                    "--postgres-port=" + postgres,
                    "--redis-port=" + redis,
                    "--demo-port=" + demo);
        }

        private static int freePort(int wanted) {
            try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                return 0;
            }
        }
    }

    Run awaitReady() {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> !process.isAlive() || output().contains("Gatehouse is ready"));
        if (!process.isAlive()) {
            throw new AssertionError("It ended: " + output());
        }
        return this;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("It does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a command prints that is typed in another terminal, in the project's folder. */
    String shell(String command) {
        try {
            var builder = new ProcessBuilder("sh", "-c", command)
                    .directory(ROOT.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            for (var line : Files.readAllLines(home.resolve("env"))) {
                var parts = line.split("=", 2);
                builder.environment().put(parts[0], parts[1]);
            }
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes it has started; PostgreSQL has left the family. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** SIGTERM. */
    int end() {
        process.destroy();
        return awaitExit();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    static HttpResponse<String> get(String url, String... headers) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
            return HTTP.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            end();
        }
    }
}
