package dev.gatehouse.deploy.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Redis on loopback. A server that a killed program left behind is recognised by its folder and taken over. */
public final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static @Nullable RedisServer shared;

    private final Path home;
    private final int port;
    private final ProcessHandle process;
    private final boolean temporary;
    private final List<String> more;

    private RedisServer(Path home, int port, ProcessHandle process, boolean temporary, List<String> more) {
        this.home = home;
        this.port = port;
        this.process = process;
        this.temporary = temporary;
        this.more = List.copyOf(more);
    }

    /**
     * Keeps its data: an append-only file, synchronised each second.
     *
     * @param home its folder, made when missing
     */
    public static RedisServer start(Path home, int port) {
        return start(Folders.writable(home), port, false, List.of());
    }

    /** For tests: a free port, a folder that goes with it, nothing kept. */
    public static RedisServer temporary() {
        return temporary(List::of);
    }

    /** The same with more arguments, which may name free ports, too. */
    static RedisServer temporary(Supplier<List<String>> more) {
        return Folders.again(() -> start(Folders.temporary("redis"), Folders.freePort(), true, more.get()));
    }

    /** For tests: one temporary server for this JVM, ended with it. */
    public static synchronized RedisServer shared() {
        if (shared == null) {
            shared = temporary();
        }
        return shared;
    }

    private static RedisServer start(Path home, int port, boolean temporary, List<String> more) {
        if (!Folders.isFree(port)) {
            return new RedisServer(
                    home,
                    port,
                    leftBehind(home, port).orElseThrow(() -> Folders.taken("Redis", port)),
                    temporary,
                    more);
        }
        var command = new ArrayList<>(List.of(
                RedisBinary.in(home.resolve("bin")).toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                home.toString(),
                "--save",
                "",
                "--appendonly",
                temporary ? "no" : "yes",
                "--appendfsync",
                "everysec",
                "--daemonize",
                "no"));
        command.addAll(more);
        try {
            var log = home.resolve("redis.log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var server = new RedisServer(home, port, process.toHandle(), temporary, more);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-redis"));
            server.await(log);
            return server;
        } catch (IOException e) {
            throw new ServerStartException("Redis cannot be run: " + e.getMessage(), e);
        }
    }

    private void await(Path log) throws IOException {
        var deadline = Instant.now().plus(PATIENCE);
        while (ask(port, "PING").filter(answer -> answer.startsWith("+PONG")).isEmpty()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                close();
                throw new ServerStartException("Redis did not start; its log says:\n" + Files.readString(log), null);
            }
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while a server started.", e);
        }
    }

    /** A Redis that listens there and works in our folder is ours, whoever started it. */
    private static Optional<ProcessHandle> leftBehind(Path home, int port) {
        return ask(port, "CONFIG GET dir")
                .filter(answer -> answer.contains("\r\n" + home + "\r\n"))
                .flatMap(_ -> ask(port, "INFO server"))
                .flatMap(info -> info.lines()
                        .filter(line -> line.startsWith("process_id:"))
                        .findFirst())
                .flatMap(line -> ProcessHandle.of(
                        Long.parseLong(line.substring("process_id:".length()).strip())));
    }

    /** One inline command of the Redis protocol, so that no client library is needed. */
    static Optional<String> ask(int port, String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return Optional.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}. Start it again with {@link #restart}. */
    public void kill() {
        process.destroyForcibly();
        Processes.ended(process);
    }

    /** SIGSTOP: it keeps its connections and answers nothing. */
    public void pause() {
        Processes.signal("STOP", process.pid());
    }

    public void resume() {
        Processes.signal("CONT", process.pid());
    }

    /** Writes down what it has, for the next {@link #restart} alone. */
    public void save() {
        order("SAVE");
    }

    /** It has no more memory than that; 0 for all that there is. */
    public void maxMemory(long bytes) {
        order("CONFIG SET maxmemory " + bytes);
    }

    private void order(String command) {
        var answer = ask(port, command).orElse("no answer");
        if (!answer.startsWith("+OK")) {
            throw new ServerStartException("Redis did not do as told: " + command + ": " + answer.strip(), null);
        }
    }

    /** A new process with the same folder and port, after {@link #kill}. */
    public RedisServer restart() {
        var restarted = start(home, port, temporary, more);
        try {
            Files.deleteIfExists(home.resolve("dump.rdb"));
        } catch (IOException e) {
            throw new ServerStartException("What Redis had saved cannot be deleted: " + e.getMessage(), e);
        }
        return restarted;
    }

    @Override
    public void close() {
        Processes.stop(process);
        if (temporary) {
            Folders.delete(home);
        }
    }
}
