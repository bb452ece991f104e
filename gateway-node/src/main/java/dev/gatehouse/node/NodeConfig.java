package dev.gatehouse.node;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Environment.Invalid;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.server.ListenerSettings;
import dev.gatehouse.node.traffic.Collector;
import dev.gatehouse.node.traffic.LineFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** What the environment says to a node. */
record NodeConfig(
        String name,
        Database.Access database,
        RedisAccess redis,
        int httpPort,
        Optional<Integer> httpsPort,
        int publicHttpsPort,
        String adminHost,
        int adminPort,
        Path stateFolder,
        Peppers peppers,
        Secrets secrets,
        List<String> trustedProxies,
        boolean proxyProtocol,
        AddressRules fetchFrom,
        Duration pollInterval,
        Duration drainDelay,
        Duration overloadDelay,
        String accessLog,
        Optional<Collector> collector) {

    /** @throws Invalid with a sentence for whoever started the node */
    static NodeConfig of(Environment environment) {
        int port = environment.port(Variable.GATEHOUSE_HTTP_PORT);
        var name = environment.text(Variable.GATEHOUSE_NODE_NAME);
        var proxies = list(environment.text(Variable.GATEHOUSE_TRUSTED_PROXIES));
        return new NodeConfig(
                name.isEmpty() ? hostName() + "-" + port : name,
                Database.Access.of(environment),
                RedisAccess.of(environment),
                port,
                httpsPort(environment),
                environment.port(Variable.GATEHOUSE_PUBLIC_HTTPS_PORT),
                environment.made(Variable.GATEHOUSE_ADMIN_HOST, NodeConfig::host),
                environment.port(Variable.GATEHOUSE_ADMIN_PORT),
                environment.made(Variable.GATEHOUSE_STATE_DIR, text -> Path.of(text)),
                Peppers.of(environment),
                Secrets.of(environment),
                checked(Variable.GATEHOUSE_TRUSTED_PROXIES, () -> trusted(proxies)),
                proxyProtocol(environment, proxies),
                checked(
                        Variable.GATEHOUSE_FETCH_ALLOW,
                        () -> AddressRules.of(list(environment.text(Variable.GATEHOUSE_FETCH_ALLOW)))),
                environment.span(Variable.GATEHOUSE_POLL_INTERVAL, Duration.ofMillis(100), Duration.ofMinutes(1)),
                environment.span(Variable.GATEHOUSE_DRAIN_DELAY, Duration.ZERO, Duration.ofMinutes(5)),
                environment.span(Variable.GATEHOUSE_OVERLOAD_DELAY, Duration.ZERO, Duration.ofSeconds(10)),
                environment.text(Variable.GATEHOUSE_ACCESS_LOG),
                Collector.of(environment));
    }

    /** Empty where no TLS is to be taken. */
    private static Optional<Integer> httpsPort(Environment environment) {
        return environment.text(Variable.GATEHOUSE_HTTPS_PORT).isEmpty()
                ? Optional.empty()
                : Optional.of(environment.port(Variable.GATEHOUSE_HTTPS_PORT)).filter(port -> port > 0);
    }

    /** @throws Invalid when its URL cannot be one; whether a server is there shows later */
    Database openDatabase(int connections) {
        return checked(Variable.GATEHOUSE_DB_URL, () -> Database.open(database, connections));
    }

    /** @throws Invalid as {@link #openDatabase} */
    OwnStores stores() {
        return checked(Variable.GATEHOUSE_DB_URL, () -> OwnStores.of(database, redis));
    }

    /** Empty where none is kept. @throws Invalid when it cannot be written */
    Optional<LineFile> openAccessLog() {
        return accessLog.isEmpty()
                ? Optional.empty()
                : Optional.of(checked(Variable.GATEHOUSE_ACCESS_LOG, () -> new LineFile(accessLog)));
    }

    /** Whether a server is there shows later. */
    UnifiedJedis openRedis(int connections, Duration patience) {
        return Redis.open(redis, "gatehouse-node", connections, patience);
    }

    /** The rule stands where the value is used; who started the node also needs the variable's name. */
    private static <T> T checked(Variable variable, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new Invalid(variable + ": " + e.getMessage());
        }
    }

    /** What this installation calls itself in {@code Via}: the same on each node, and tells nothing of the pepper. */
    String pseudonym() {
        return "gatehouse-" + HexFormat.of().formatHex(peppers.oldest().derive("via"), 0, 4);
    }

    private static boolean proxyProtocol(Environment environment, List<String> proxies) {
        boolean spoken = environment.made(Variable.GATEHOUSE_PROXY_PROTOCOL, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' must be true or false");
        });
        if (spoken && proxies.isEmpty()) {
            throw new Invalid(Variable.GATEHOUSE_PROXY_PROTOCOL + " is true, so only "
                    + Variable.GATEHOUSE_TRUSTED_PROXIES + " can connect, and there are none: name them.");
        }
        return spoken;
    }

    private static String host(String text) {
        try {
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be an address of this machine, such as 127.0.0.1 or 0.0.0.0", e);
        }
    }

    private static List<String> trusted(List<String> proxies) {
        return ListenerSettings.of("0.0.0.0", 0).trusting(proxies).trustedProxies();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
