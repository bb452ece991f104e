package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.environment.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each contender is started. */
final class Contenders {

    /** Where Debian has them. */
    private static final String MODULES = "/usr/lib/nginx/modules";

    private final Path root;
    private final List<String> jvm;
    private final Settings settings;
    private final Map<String, String> stores;

    /** @param stores the environment by which a node finds PostgreSQL and Redis */
    Contenders(Path root, List<String> jvm, Settings settings, Map<String, String> stores) {
        this.root = root;
        this.jvm = jvm;
        this.settings = settings;
        this.stores = stores;
        settings.set("modules", MODULES);
        for (var name : List.of("upstream", "nginx", "haproxy", "relay", "nginx-lua", "node", "admin")) {
            settings.port(name);
            settings.port(name + "-tls");
        }
    }

    Contender upstream() {
        return program("upstream", nginx("upstream"), Map.of());
    }

    Contender of(String name, Case what) {
        return switch (name) {
            case "nginx", "nginx-lua" -> program(name, nginx(name), Map.of());
            case "haproxy" ->
                program(
                        name,
                        List.of(
                                "haproxy",
                                "-db",
                                "-f",
                                settings.filled("haproxy.cfg").toString()),
                        Map.of());
            case "relay" ->
                program(
                        name,
                        java(
                                "deploy/bench",
                                "dev.gatehouse.deploy.bench.relay.Relay",
                                Integer.toString(settings.port("relay")),
                                Integer.toString(settings.port("upstream"))),
                        Map.of());
            case "node" -> program(name, java("gateway-node", "dev.gatehouse.node.Main"), node(what));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Contender program(String name, List<String> command, Map<String, String> environment) {
        return new Contender(name, command, environment, settings.port(name), settings.port(name + "-tls"));
    }

    private List<String> nginx(String name) {
        return List.of(
                "nginx",
                "-p",
                settings.file(".").toString(),
                "-e",
                "stderr",
                "-c",
                settings.filled(name + ".conf").toString());
    }

    private Map<String, String> node(Case what) {
        var environment = new LinkedHashMap<>(stores);
        environment.put(Variable.GATEHOUSE_NODE_NAME.name(), "measured");
        environment.put(Variable.GATEHOUSE_HTTP_PORT.name(), Integer.toString(settings.port("node")));
        environment.put(Variable.GATEHOUSE_ADMIN_PORT.name(), Integer.toString(settings.port("admin")));
        environment.put(
                Variable.GATEHOUSE_STATE_DIR.name(), settings.file("node").toString());
        environment.put(Variable.GATEHOUSE_DRAIN_DELAY.name(), "0s");
        if (what.tls()) {
            environment.put(Variable.GATEHOUSE_HTTPS_PORT.name(), Integer.toString(settings.port("node-tls")));
        }
        return environment;
    }

    private List<String> java(String module, String main, String... arguments) {
        var target = root.resolve(module).resolve("target");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }
}
