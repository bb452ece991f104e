package dev.gatehouse.deploy.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** For tests: a Redis cluster of a few masters, which share all slots. */
public final class RedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    /** @param masters how many */
    public static RedisCluster temporary(int masters) {
        var nodes = new ArrayList<RedisServer>();
        for (int i = 0; i < masters; i++) {
            nodes.add(node());
        }
        var cluster = new RedisCluster(nodes);
        cluster.meet();
        return cluster;
    }

    private static RedisServer node() {
        return RedisServer.temporary(() -> List.of(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(Folders.freePort()),
                "--cluster-config-file",
                "nodes.conf"));
    }

    private void meet() {
        for (int i = 0; i < nodes.size(); i++) {
            int from = SLOTS * i / nodes.size();
            int to = SLOTS * (i + 1) / nodes.size() - 1;
            ask(nodes.get(i), "CLUSTER ADDSLOTSRANGE " + from + " " + to);
        }
        var first = nodes.getFirst();
        var bus = busPort(first);
        for (var other : nodes.subList(1, nodes.size())) {
            ask(other, "CLUSTER MEET 127.0.0.1 " + first.port() + " " + bus);
        }
        var deadline = Instant.now().plus(PATIENCE);
        while (!nodes.stream().allMatch(this::knowsAll)) {
            if (Instant.now().isAfter(deadline)) {
                close();
                throw new ServerStartException("The nodes of the Redis cluster did not find each other.", null);
            }
            RedisServer.pause(Duration.ofMillis(20));
        }
    }

    private boolean knowsAll(RedisServer node) {
        var info = ask(node, "CLUSTER INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size());
    }

    /** {@code <id> 127.0.0.1:<port>@<bus port> myself,master …} */
    private static String busPort(RedisServer node) {
        var line = ask(node, "CLUSTER NODES")
                .lines()
                .filter(text -> text.contains("myself"))
                .findFirst()
                .orElse("");
        return line.replaceAll(".*@(\\d+).*", "$1");
    }

    private static String ask(RedisServer node, String command) {
        return RedisServer.ask(node.port(), command).orElse("");
    }

    public String url() {
        return "redis://"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
