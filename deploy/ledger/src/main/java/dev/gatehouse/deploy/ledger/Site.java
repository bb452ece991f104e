package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Everything on this machine: stores, nodes, and what may happen to them. */
final class Site implements AutoCloseable {

    private final Path folder;
    private final Path root;
    private final Path logs;
    private final Stores stores = new Stores();
    private final List<Node> nodes = new ArrayList<>();
    private boolean closed;

    /**
     * @param root of the repository, with its programs built
     * @param logs in which what nodes say is kept; empty: nowhere
     */
    Site(Path root, Optional<Path> logs) {
        this.root = root;
        try {
            folder = Files.createTempDirectory("gatehouse-ledger");
            this.logs = logs.isEmpty() ? folder : Files.createDirectories(logs.get());
        } catch (IOException e) {
            throw new LedgerException("A folder cannot be made: " + e.getMessage(), e);
        }
    }

    /** @return the API key that callers have */
    String configure(String configuration) {
        try {
            return stores.configure(Files.writeString(folder.resolve("gatehouse.yaml"), configuration));
        } catch (IOException e) {
            throw new LedgerException("The configuration cannot be written: " + e.getMessage(), e);
        }
    }

    String redisUrl() {
        return stores.redisUrl();
    }

    Database.Access ledger() {
        return stores.access();
    }

    /** One more; not ready yet. */
    synchronized Node addNode() {
        if (closed) {
            throw new LedgerException("Stopped.", null);
        }
        var name = "node-" + (nodes.size() + 1);
        int port = freePort();
        int admin = freePort();
        var environment = new LinkedHashMap<>(stores.environment());
        environment.put(Variable.GATEHOUSE_NODE_NAME.name(), name);
        environment.put(Variable.GATEHOUSE_HTTP_PORT.name(), Integer.toString(port));
        environment.put(Variable.GATEHOUSE_ADMIN_PORT.name(), Integer.toString(admin));
        environment.put(
                Variable.GATEHOUSE_STATE_DIR.name(), folder.resolve(name).toString());
        environment.put(Variable.GATEHOUSE_DRAIN_DELAY.name(), "0s");
        // nodes, load and service share a machine: what a busy one sheds says nothing of a limit
        environment.put(Variable.GATEHOUSE_OVERLOAD_DELAY.name(), "0s");
        var node = new Node(name, command(), environment, port, admin, logs.resolve(name + ".log"));
        nodes.add(node);
        return node;
    }

    private List<String> command() {
        var target = root.resolve("gateway-node/target");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "dev.gatehouse.node.Main");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LedgerException("No port is free: " + e.getMessage(), e);
        }
    }

    /** Lets it happen, and returns when it is over. {@link Event.Action#ADD} and FLUSHALL are not for here. */
    void happen(Event event) throws InterruptedException {
        switch (event.action()) {
            case KILL -> node(event).kill();
            case START -> node(event).start();
            case PAUSE -> node(event).pause();
            case RESUME -> node(event).resume();
            case RESTART -> node(event).restart();
            case REDIS_RESTART -> {
                stores.killRedis();
                stores.startRedis();
            }
            case REDIS_ROLLBACK -> {
                stores.saveRedis();
                Thread.sleep(event.time());
                stores.killRedis();
                stores.startRedis();
            }
            case REDIS_AWAY -> {
                stores.killRedis();
                Thread.sleep(event.time());
                stores.startRedis();
            }
            case REDIS_HANGS -> {
                stores.pauseRedis();
                Thread.sleep(event.time());
                stores.resumeRedis();
            }
            case REDIS_BLACK_HOLE -> {
                try (var _ = stores.swallowRedis()) {
                    Thread.sleep(event.time());
                }
            }
            case POSTGRES_AWAY -> {
                stores.killPostgres();
                Thread.sleep(event.time());
                stores.startPostgres();
            }
            case ADD, FLUSHALL -> throw new IllegalArgumentException(event.toString());
        }
    }

    private synchronized Node node(Event event) {
        if (event.node() > nodes.size()) {
            throw new LedgerException("There is no node " + event.node() + ".", null);
        }
        return nodes.get(event.node() - 1);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        nodes.forEach(Node::close);
        stores.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it is in the temporary folder
        }
    }
}
