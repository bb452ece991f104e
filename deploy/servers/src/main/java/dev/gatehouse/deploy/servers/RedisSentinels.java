package dev.gatehouse.deploy.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** For tests: a Redis with a replica, and a sentinel that makes the one of the other when it is gone. */
public final class RedisSentinels implements AutoCloseable {

    /** What the sentinel calls it. */
    public static final String MASTER = "main";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RedisServer master;
    private final RedisServer replica;
    private final Path home;
    private final int port;
    private final ProcessHandle sentinel;

    private RedisSentinels(RedisServer master, RedisServer replica) {
        this.master = master;
        this.replica = replica;
        home = Folders.temporary("sentinel");
        port = Folders.freePort();
        sentinel = run();
    }

    /** Returns when the sentinel knows both. */
    public static RedisSentinels temporary() {
        var master = RedisServer.temporary();
        var replica = RedisServer.temporary(() -> List.of(
                "--replicaof", "127.0.0.1", Integer.toString(master.port()), "--repl-diskless-sync-delay", "0"));
        var all = new RedisSentinels(master, replica);
        all.await("num-slaves\r\n$1\r\n1");
        return all;
    }

    private ProcessHandle run() {
        try {
            var config = Files.writeString(
                    home.resolve("sentinel.conf"), """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d 1
                    sentinel down-after-milliseconds %s 2000
                    sentinel failover-timeout %s 2000
                    """.formatted(port, home, MASTER, master.port(), MASTER, MASTER));
            var process = new ProcessBuilder(
                            RedisBinary.in(home.resolve("bin")).toString(), config.toString(), "--sentinel")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("sentinel.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-sentinel"));
            return process.toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String said) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!says(said)) {
            if (Instant.now().isAfter(deadline)) {
                close();
                throw new ServerStartException("The sentinel does not know its servers.", null);
            }
            RedisServer.pause(Duration.ofMillis(50));
        }
    }

    /** A sentinel does not hang up when it is told to quit, so the answer is read until it has what is sought. */
    private boolean says(String sought) {
        var answer = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write(("SENTINEL MASTER " + MASTER + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
                if (answer.indexOf(sought) >= 0) {
                    return true;
                }
            }
        } catch (IOException e) {
            // not there yet, or the answer is at its end
        }
        return false;
    }

    /** Of the sentinel. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** The one that is asked until it is gone. */
    public RedisServer master() {
        return master;
    }

    @Override
    public void close() {
        Processes.stop(sentinel);
        replica.close();
        master.close();
        Folders.delete(home);
    }
}
