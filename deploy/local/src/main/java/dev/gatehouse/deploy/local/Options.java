package dev.gatehouse.deploy.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs all of Gatehouse on this machine: PostgreSQL, Redis, demo services, the console and gateway nodes.",
            "State is kept from run to run. GATEHOUSE_DB_URL and GATEHOUSE_REDIS_URL name servers to use instead of embedded ones."
        })
final class Options implements Callable<Integer> {

    private static final int MOST_NODES = 20;

    private final ToIntFunction<Options> program;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many gateway nodes, 1 to " + MOST_NODES + ". Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--fresh", description = "Delete what earlier runs kept, and start over.")
    private boolean fresh;

    @Option(names = "--once", description = "End as soon as everything is ready: shows that this machine can run it.")
    private boolean once;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = "${sys:gatehouse.root}/.local",
            description = "Where state is kept. Default: .local in the project.")
    private Path home = Path.of("");

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:GATEHOUSE_HTTP_PORT:-8080}",
            description = "Port of the first node; the others follow. Default: 8080.")
    private int httpPort;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "${env:GATEHOUSE_ADMIN_PORT:-9080}",
            description = "Admin port of the first node; the others follow. Default: 9080.")
    private int adminPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "${env:GATEHOUSE_CONSOLE_PORT:-8090}",
            description = "Port of the console. Default: 8090.")
    private int consolePort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "15432",
            description = "Port of the embedded PostgreSQL. Default: ${DEFAULT-VALUE}.")
    private int postgresPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            defaultValue = "16379",
            description = "Port of the embedded Redis. Default: ${DEFAULT-VALUE}.")
    private int redisPort;

    @Option(
            names = "--demo-port",
            paramLabel = "PORT",
            defaultValue = "9101",
            description = "Port of the demo service users; products and orders follow. Default: ${DEFAULT-VALUE}.")
    private int demoPort;

    Options(ToIntFunction<Options> program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new ParameterException(
                    spec.commandLine(), "--nodes is " + nodes + "; it must be from 1 to " + MOST_NODES + ".");
        }
        return program.applyAsInt(this);
    }

    int nodes() {
        return nodes;
    }

    boolean fresh() {
        return fresh;
    }

    boolean once() {
        return once;
    }

    Path home() {
        return home.toAbsolutePath().normalize();
    }

    int httpPort() {
        return httpPort;
    }

    int adminPort() {
        return adminPort;
    }

    int consolePort() {
        return consolePort;
    }

    int postgresPort() {
        return postgresPort;
    }

    int redisPort() {
        return redisPort;
    }

    int demoPort() {
        return demoPort;
    }
}
