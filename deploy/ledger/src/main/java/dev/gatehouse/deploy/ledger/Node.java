package dev.gatehouse.deploy.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, which can be treated as machines and schedulers treat one. */
final class Node implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 40;
    private static final int LAST_LINES = 15;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final int adminPort;
    private final Path log;
    private volatile Process process;

    /** Starts it; whether it is ready is to be asked. */
    Node(String name, List<String> command, Map<String, String> environment, int port, int adminPort, Path log) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.port = port;
        this.adminPort = adminPort;
        this.log = log;
        process = begin();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Process begin() {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            var started = builder.start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new LedgerException(name + " cannot be run: " + e.getMessage(), e);
        }
    }

    /** @throws LedgerException when it ends, or is not ready in time */
    void awaitReady() {
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!ready()) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new LedgerException(name + " ended: " + lastLines(), null);
                }
                if (System.nanoTime() - due > 0) {
                    throw new LedgerException(name + " is not ready: " + lastLines(), null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("Interrupted.", e);
        }
    }

    private boolean ready() throws InterruptedException {
        var ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(ask, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e.getMessage();
        }
    }

    /** After {@link #kill}. */
    void start() {
        if (!process.isAlive()) {
            process = begin();
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** SIGTERM; it starts again once it has ended by itself. */
    void restart() {
        stop();
        process = begin();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LedgerException("No signal can be sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        resume();
        stop();
    }
}
