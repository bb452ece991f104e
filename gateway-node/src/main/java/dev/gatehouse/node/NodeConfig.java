package dev.gatehouse.node;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Environment.Invalid;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.store.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the environment says to a node. */
record NodeConfig(
        String name,
        Database.Access database,
        String redisUrl,
        int httpPort,
        String adminHost,
        int adminPort,
        Path stateFolder,
        Pepper pepper,
        List<String> trustedProxies,
        Duration pollInterval,
        Duration drainDelay) {

    /** @throws Invalid with a sentence for whoever started the node */
    static NodeConfig of(Environment environment) {
        if (!environment.text(Variable.GATEHOUSE_HTTPS_PORT).isEmpty()) {
            throw new Invalid(Variable.GATEHOUSE_HTTPS_PORT
                    + " is set, but this release of the node does not terminate TLS; let the load balancer do so.");
        }
        int port = environment.port(Variable.GATEHOUSE_HTTP_PORT);
        var name = environment.text(Variable.GATEHOUSE_NODE_NAME);
        return new NodeConfig(
                name.isEmpty() ? hostName() + "-" + port : name,
                new Database.Access(
                        environment.required(Variable.GATEHOUSE_DB_URL),
                        environment.required(Variable.GATEHOUSE_DB_USER),
                        environment.text(Variable.GATEHOUSE_DB_PASSWORD)),
                environment.required(Variable.GATEHOUSE_REDIS_URL),
                port,
                environment.required(Variable.GATEHOUSE_ADMIN_HOST),
                environment.port(Variable.GATEHOUSE_ADMIN_PORT),
                Path.of(environment.required(Variable.GATEHOUSE_STATE_DIR)),
                pepper(environment),
                list(environment.text(Variable.GATEHOUSE_TRUSTED_PROXIES)),
                environment.span(Variable.GATEHOUSE_POLL_INTERVAL, Duration.ofMillis(100), Duration.ofMinutes(1)),
                environment.span(Variable.GATEHOUSE_DRAIN_DELAY, Duration.ZERO, Duration.ofMinutes(5)));
    }

    private static Pepper pepper(Environment environment) {
        var text = environment.required(Variable.GATEHOUSE_KEY_PEPPER);
        try {
            return new Pepper(1, text);
        } catch (IllegalArgumentException e) {
            throw new Invalid(Variable.GATEHOUSE_KEY_PEPPER + ": " + e.getMessage());
        }
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
