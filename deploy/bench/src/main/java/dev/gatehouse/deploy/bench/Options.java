package dev.gatehouse.deploy.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy/bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures a node beside nginx, HAProxy, nginx with Lua and Redis, and a bare relay on virtual threads.",
            "Whoever is measured has core 0; load, upstream, PostgreSQL and Redis have core 1."
        })
final class Options implements Callable<Integer> {

    private static final int SWAPPED = 10_000;

    private final ToIntFunction<Options> program;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--case",
            paramLabel = "CASE",
            split = ",",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all but swap, overload and faults.")
    private Set<Case> cases = EnumSet.complementOf(EnumSet.of(Case.SWAP, Case.OVERLOAD, Case.FAULTS));

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these lines: node, nginx, haproxy, relay, nginx-lua, exact, other, or a fault. Default: all of a case.")
    private List<String> only = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of each contender, in turns, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "4",
            description = "Length of a round, 1 to 60. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections of the load, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--routes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Further routes that the node has, 0 to 50000. Default: ${DEFAULT-VALUE}.")
    private int routes;

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            split = " ",
            defaultValue = "-Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders",
            description = "How the JVM of node and relay is started. Default: ${DEFAULT-VALUE}.")
    private List<String> jvm = List.of();

    @Option(
            names = "--other",
            paramLabel = "FOLDER",
            description = "Another checkout, built: its node takes turns with this one's, as 'other'.")
    private @Nullable Path other;

    @Option(
            names = "--other-jvm",
            paramLabel = "OPTIONS",
            split = " ",
            description = "How the JVM of 'other' is started. Default: as --jvm says.")
    private List<String> otherJvm = List.of();

    Options(ToIntFunction<Options> program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        within("--rounds", rounds, 1, 100);
        within("--seconds", seconds, 1, 60);
        within("--connections", connections, 1, 1000);
        within("--routes", routes, 0, 50_000);
        return program.applyAsInt(this);
    }

    private void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), name + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
    }

    Set<Case> cases() {
        return cases;
    }

    /** In the order of the table. */
    List<Row> rows(Case what) {
        var rows = new ArrayList<>(what.rows());
        if (other != null) {
            var node = rows.getLast();
            rows.add(new Row(Contenders.OTHER, Contenders.OTHER, node.path(), node.shown(), node.swaps()));
        }
        rows.removeIf(row -> !only.isEmpty() && !only.contains(row.name()));
        return rows;
    }

    /** Where the other node is built; null without one. */
    @Nullable
    Path other() {
        return other;
    }

    int rounds() {
        return rounds;
    }

    int seconds() {
        return seconds;
    }

    int connections() {
        return connections;
    }

    /** Where routes are exchanged there are some. */
    int routes() {
        return routes == 0 && cases.contains(Case.SWAP) ? SWAPPED : routes;
    }

    List<String> jvm() {
        return jvm;
    }

    List<String> otherJvm() {
        return otherJvm.isEmpty() ? jvm : otherJvm;
    }
}
