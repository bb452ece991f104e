package dev.gatehouse.deploy.local;

import dev.gatehouse.deploy.servers.FolderLock;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All of it: starts in the order of need, watches, ends in the opposite order. */
final class Platform implements AutoCloseable {

    private static final String FIRST_PASSWORD = "GATEHOUSE_FIRST_PASSWORD=";
    private static final String CONSOLE_OPEN = "Gatehouse console on ";

    private final Options options;
    private final Home home;
    private final Left left;
    private final Progress progress = new Progress(System.out);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Child> children = new ArrayList<>();
    private @Nullable FolderLock lock;
    private @Nullable Servers servers;
    private volatile boolean consoleOpen;
    private boolean closed;

    Platform(Options options) {
        this.options = options;
        this.home = new Home(options.home());
        this.left = new Left(home);
    }

    /** @throws StartException or ServerStartException with what is wrong; what was started by then ends with {@link #close} */
    void start() {
        progress.say("Gatehouse starts in " + home);
        tidy();
        refuseTakenPorts();
        var running = opened(Servers.start(options, home, progress));
        home.write("env", lines(running.environment()));
        var root = Path.of(System.getProperty("gatehouse.root", "")).toAbsolutePath();
        var programs = new Programs(root, options, home, running);
        launch(programs.demo());
        var demo = new Demo(home, running.environment());
        demo.migrate();
        running.createLogins();
        progress.done("schema");
        demo.apply(root.resolve("deploy/demo/gatehouse.yaml"), options.demoPort());
        progress.done("demo configuration");
        launch(programs.console(() -> consoleOpen));
        for (int i = 0; i < options.nodes(); i++) {
            launch(programs.node(i));
        }
        for (var child : started()) {
            child.awaitReady();
            progress.done(child.program().name());
        }
        started().forEach(this::watch);
        running.watch(this::lost);
        progress.say(new Summary(options, home, running, demo).text(progress.seconds()));
    }

    /** Was it told to end, perhaps before all had started? */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Until {@link #close}. */
    void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what a killed run left, and with {@code --fresh} deletes what earlier runs kept. */
    private void tidy() {
        lock = FolderLock.take(options.home());
        var found = left.end();
        if (!found.isEmpty()) {
            progress.say("An earlier run was killed; ended what it left: " + String.join(", ", found));
        }
        if (options.fresh()) {
            if (!found.isEmpty()) {
                // starting is what recognises servers that were left behind
                PostgresServer.start(home.folder("postgres"), options.postgresPort())
                        .close();
                RedisServer.start(home.folder("redis"), options.redisPort()).close();
            }
            home.clear();
            progress.say("Deleted what earlier runs kept");
        }
        home.folder("pids");
        home.setAside("logs");
    }

    private void refuseTakenPorts() {
        var wanted = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < options.nodes(); i++) {
            wanted.put(options.httpPort() + i, "--http-port");
            wanted.put(options.adminPort() + i, "--admin-port");
        }
        wanted.put(options.consolePort(), "--console-port");
        for (int i = 0; i < 3; i++) {
            wanted.put(options.demoPort() + i, "--demo-port");
        }
        var taken = wanted.entrySet().stream()
                .filter(entry -> !isFree(entry.getKey()))
                .map(entry -> "Port " + entry.getKey() + " is taken by another program: stop that one, or choose with "
                        + entry.getValue() + ".")
                .collect(Collectors.joining("\n"));
        if (!taken.isEmpty()) {
            throw new StartException(taken);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lines(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The console's first password is for a person: it goes into a file of its own, not into a log. */
    private String line(String line) {
        if (line.startsWith(FIRST_PASSWORD)) {
            home.write(Summary.PASSWORD_FILE, line.substring(FIRST_PASSWORD.length()));
            return "";
        }
        if (line.startsWith(CONSOLE_OPEN)) {
            consoleOpen = true;
        }
        return line;
    }

    private synchronized Servers opened(Servers started) {
        servers = started;
        return started;
    }

    private synchronized List<Child> started() {
        return List.copyOf(children);
    }

    private synchronized void launch(Program program) {
        if (!closed) {
            var log = home.folder("logs").resolve(program.name() + ".log");
            children.add(Child.start(program, log, left, this::line));
        }
    }

    private synchronized void lost(String server) {
        if (!closed) {
            progress.say(
                    server + " has ended. The nodes go on without it; end this and run it again to bring it back.");
        }
    }

    /** A program that ends by itself is started again: what a process manager would do. */
    private void watch(Child child) {
        var later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
        var _ = child.process().onExit().thenRunAsync(() -> again(child), later);
    }

    private synchronized void again(Child child) {
        if (closed) {
            return;
        }
        progress.say(child.ended() + " It is started again.");
        children.remove(child);
        launch(child.program());
        watch(children.getLast());
    }

    @Override
    public void close() {
        List<Child> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = started().reversed();
        }
        running.forEach(Child::stop);
        running.forEach(Child::awaitEnd);
        if (servers != null) {
            servers.close();
            progress.say("Everything has ended. What is kept: " + home);
        }
        if (lock != null) {
            lock.close();
        }
        end.countDown();
    }
}
