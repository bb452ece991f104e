package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "deploy/ledger/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Drives numbered requests through several nodes at a steady rate, notes what really reaches the service,",
            "and holds that against the limit over every span of its window, and against what callers were told.",
            "Starts PostgreSQL, Redis, nodes and the service itself, unless --gateway names nodes that run.",
            "Ends with 1 when more was admitted than the limit allows, or somebody was told what is not so."
        })
final class Options implements Callable<Integer> {

    private static final int MOST = 50_000_000;

    private final ToIntFunction<Options> program;

    @CommandLine.Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "leased",
            description = "leased or exact. Default: leased.")
    private String mode = "";

    @Option(
            names = "--without-redis",
            paramLabel = "RULE",
            defaultValue = "local",
            description = "What holds while Redis is away: local, allow or deny. Default: local.")
    private String withoutRedis = "";

    @Option(names = "--requests", paramLabel = "N", defaultValue = "1000", description = "The limit. Default: 1000.")
    private int requests;

    @Option(names = "--window", paramLabel = "TIME", defaultValue = "1m", description = "Its window. Default: 1m.")
    private String window = "";

    @Option(
            names = "--burst",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of a bucket: so many at once, and --requests each --window besides. Default: 0, a window.")
    private int burst;

    @Option(
            names = "--quota",
            paramLabel = "N",
            defaultValue = "0",
            description = "A quota of the month beside it, whose ledger is compared. Default: 0, none.")
    private long quota;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "1 to 20. Default: 3.")
    private int nodes;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Requests a second. Default: 5000.")
    private int rate;

    @Option(names = "--time", paramLabel = "TIME", defaultValue = "3m", description = "How long. Default: 3m.")
    private String time = "";

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "To each node, at most: 1 to 1000. Default: 64.")
    private int connections;

    @Option(
            names = "--event",
            paramLabel = "AT:EVENT",
            split = ",",
            description = "What happens meanwhile, such as 30s:kill=2,40s:start=2. See below.")
    private List<String> events = List.of();

    @Option(names = "--logs", paramLabel = "FOLDER", description = "Keeps there what the nodes say.")
    private Optional<Path> logs = Optional.empty();

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            split = ",",
            description =
                    "Nodes that run, such as http://127.0.0.1:8080; they are configured as --print-configuration says.")
    private List<URI> gateways = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "With --gateway: the API key of the caller.")
    private String key = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "18089",
            description = "With --gateway: where the service is. Default: 18089.")
    private int port;

    @Option(names = "--print-configuration", description = "Prints what nodes named by --gateway have to be told.")
    private boolean print;

    Options(ToIntFunction<Options> program) {
        this.program = program;
    }

    static String footer() {
        return Stream.concat(
                        Stream.of("Events:"),
                        Arrays.stream(Event.Action.values()).map(action -> "  " + action.help()))
                .collect(Collectors.joining("%n"));
    }

    @Override
    public Integer call() {
        within("--requests", requests, 1, 1_000_000);
        within("--burst", burst, 0, 1_000_000);
        within("--quota", quota, 0, 1_000_000_000);
        within("--nodes", nodes, 1, 20);
        within("--rate", rate, 1, 100_000);
        within("--connections", connections, 1, 1000);
        if (rate * time().toMillis() / 1_000 > MOST) {
            throw wrong("--rate and --time together make more than " + MOST + " requests.");
        }
        if (!gateways.isEmpty()) {
            if (key.isEmpty() || !events.isEmpty() || quota > 0) {
                throw wrong(
                        "--gateway needs --key, and takes no --event and no --quota: those are for nodes of this run.");
            }
            for (var url : gateways) {
                if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 0) {
                    throw wrong("--gateway is " + url + "; it must look like http://127.0.0.1:8080.");
                }
            }
        }
        settings();
        events();
        return program.applyAsInt(this);
    }

    private void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(name + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Duration time() {
        return span("--time", time);
    }

    private Duration span(String name, String text) {
        return Spans.read(text)
                .filter(Duration::isPositive)
                .orElseThrow(() -> wrong(name + " is '" + text + "'; it must be a time such as 10s or 1m."));
    }

    private <E extends Enum<E>> E one(String name, String text, E[] values) {
        for (var value : values) {
            if (value.toString().equals(text)) {
                return value;
            }
        }
        throw wrong(name + " is '" + text + "'; it must be one of " + Arrays.toString(values) + ".");
    }

    Settings settings() {
        return new Settings(
                one("--mode", mode, RateLimit.Mode.values()),
                one("--without-redis", withoutRedis, RateLimit.WithoutRedis.values()),
                requests,
                span("--window", window),
                burst,
                quota,
                gateways.isEmpty() ? nodes : gateways.size(),
                rate,
                time());
    }

    List<Event> events() {
        try {
            return events.stream().map(Event::read).toList();
        } catch (IllegalArgumentException e) {
            throw wrong("--event: " + e.getMessage() + ".");
        }
    }

    Optional<Path> logs() {
        return logs;
    }

    List<URI> gateways() {
        return gateways;
    }

    String key() {
        return key;
    }

    int port() {
        return port;
    }

    int connections() {
        return connections;
    }

    boolean printConfiguration() {
        return print;
    }
}
