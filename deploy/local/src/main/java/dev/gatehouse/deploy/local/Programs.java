package dev.gatehouse.deploy.local;

import dev.gatehouse.db.environment.Variable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/** How each program is started. Heaps are small: this is one machine with everything on it. */
final class Programs {

    /** For programs that should be there soon and are never busy. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** For programs that are started again when they end, and of no use without memory. */
    private static final String EXIT_WHEN_FULL = "-XX:+ExitOnOutOfMemoryError";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final Path root;
    private final Options options;
    private final Home home;
    private final Servers servers;

    Programs(Path root, Options options, Home home, Servers servers) {
        this.root = root;
        this.options = options;
        this.home = home;
        this.servers = servers;
    }

    Program demo() {
        int users = options.demoPort();
        return new Program(
                "demo",
                java(
                        "deploy/demo",
                        "dev.gatehouse.deploy.demo.Main",
                        List.of("-Xmx64m", QUICK),
                        "users=" + users,
                        "products=" + (users + 1),
                        "orders=" + (users + 2)),
                Map.of(),
                () -> accepts(users) && accepts(users + 1) && accepts(users + 2));
    }

    /** @param open whether it has said that it is open: by then it has told its first password, too */
    Program console(BooleanSupplier open) {
        var environment = new LinkedHashMap<>(servers.environment("console"));
        set(environment, Variable.GATEHOUSE_CONSOLE_PORT, options.consolePort());
        set(environment, Variable.GATEHOUSE_GATEWAY_URL, "http://127.0.0.1:" + options.httpPort());
        return new Program(
                "console",
                java("admin-console", "dev.gatehouse.console.Main", List.of("-Xmx256m", EXIT_WHEN_FULL, QUICK)),
                environment,
                open);
    }

    /** @param index from 0 */
    Program node(int index) {
        var name = "node-" + (index + 1);
        int admin = options.adminPort() + index;
        var environment = new LinkedHashMap<>(servers.environment("node"));
        set(environment, Variable.GATEHOUSE_NODE_NAME, name);
        set(environment, Variable.GATEHOUSE_HTTP_PORT, options.httpPort() + index);
        set(environment, Variable.GATEHOUSE_ADMIN_PORT, admin);
        set(environment, Variable.GATEHOUSE_STATE_DIR, home.folder("nodes/" + name));
        if (!given(Variable.GATEHOUSE_DRAIN_DELAY)) {
            set(environment, Variable.GATEHOUSE_DRAIN_DELAY, "0s"); // no load balancer has to notice
        }
        return new Program(
                name,
                java("gateway-node", "dev.gatehouse.node.Main", List.of("-Xmx128m", EXIT_WHEN_FULL)),
                environment,
                () -> answers(admin));
    }

    static void set(Map<String, String> environment, Variable variable, Object value) {
        environment.put(variable.name(), value.toString());
        environment.put(variable.name() + "_FILE", "");
    }

    /** Does the environment of this process say it? */
    static boolean given(Variable variable) {
        return !System.getenv().getOrDefault(variable.name(), "").isBlank()
                || !System.getenv().getOrDefault(variable.name() + "_FILE", "").isBlank();
    }

    private List<String> java(String module, String main, List<String> machine, String... arguments) {
        var target = root.resolve(module).resolve("target");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-cp",
                jar(target) + ":" + target.resolve("lib") + "/*",
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path jar(Path target) {
        try (var jars = Files.newDirectoryStream(target, "gatehouse-*.jar")) {
            return jars.iterator().next();
        } catch (IOException | NoSuchElementException e) {
            throw new StartException("There is no jar in " + target + "; run: ./mvnw package", e);
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(int adminPort) {
        try {
            var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
