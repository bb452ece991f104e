package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.environment.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How each contender is started. */
final class Contenders {

    /** Where Debian has them. */
    private static final String MODULES = "/usr/lib/nginx/modules";

    /** A second node. */
    static final String OTHER = "other";

    private final Path root;
    private final Options options;
    private final Settings settings;
    private final Map<String, String> stores;

    /** @param stores the environment by which a node finds PostgreSQL and Redis */
    Contenders(Path root, Options options, Settings settings, Map<String, String> stores) {
        this.root = root;
        this.options = options;
        this.settings = settings;
        this.stores = stores;
        settings.set("modules", MODULES);
        for (var name : List.of("upstream", "nginx", "haproxy", "relay", "nginx-lua", "node", OTHER)) {
            settings.port(name);
            settings.port(name + "-tls");
            settings.port(name + "-admin");
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
                                root.resolve("deploy/bench"),
                                options.jvm(),
                                "dev.gatehouse.deploy.bench.relay.Relay",
                                Integer.toString(settings.port("relay")),
                                Integer.toString(settings.port("upstream"))),
                        Map.of());
            case "node" -> node(name, root, options.jvm(), what);
            case OTHER -> node(name, Objects.requireNonNullElse(options.other(), root), options.otherJvm(), what);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Contender program(String name, List<String> command, Map<String, String> environment) {
        return new Contender(name, command, environment, settings.port(name), settings.port(name + "-tls"), 0);
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

    private Contender node(String name, Path checkout, List<String> options, Case what) {
        var jvm = new ArrayList<>(options);
        if (what == Case.FAULTS) {
            jvm.add("-Ddns.server=127.0.0.1:" + settings.port("names"));
        }
        return new Contender(
                name,
                java(checkout.resolve("gateway-node"), jvm, "dev.gatehouse.node.Main"),
                environment(name, what),
                settings.port(name),
                settings.port(name + "-tls"),
                settings.port(name + "-admin"));
    }

    private Map<String, String> environment(String name, Case what) {
        var environment = new LinkedHashMap<>(stores);
        environment.put(Variable.GATEHOUSE_NODE_NAME.name(), "measured-" + name);
        environment.put(Variable.GATEHOUSE_HTTP_PORT.name(), Integer.toString(settings.port(name)));
        environment.put(Variable.GATEHOUSE_ADMIN_PORT.name(), Integer.toString(settings.port(name + "-admin")));
        environment.put(Variable.GATEHOUSE_STATE_DIR.name(), settings.file(name).toString());
        environment.put(Variable.GATEHOUSE_DRAIN_DELAY.name(), "0s");
        if (what.tls()) {
            environment.put(Variable.GATEHOUSE_HTTPS_PORT.name(), Integer.toString(settings.port(name + "-tls")));
        }
        return environment;
    }

    private static List<String> java(Path module, List<String> jvm, String main, String... arguments) {
        var target = module.resolve("target");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }
}
