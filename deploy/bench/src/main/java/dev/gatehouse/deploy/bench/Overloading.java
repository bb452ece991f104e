package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Three times what a node can do, by schedule: what becomes of the requests, and how soon after it all is as before. */
final class Overloading implements Report {

    private static final int CONNECTIONS = 1000;
    private static final int FEW = 64;

    /** Seconds, again and again as long as the JVM gets faster, so many times at most. */
    private static final int WARM = 5;

    private static final int WARM_AGAIN = 8;
    private static final double FASTER = 1.02;

    private static final double TIMES = 3;
    private static final double HALF = 0.5;

    /** Of what it can do when all ask again: somewhere there is the most that it can do by schedule. */
    private static final double[] SWEEP = {0.8, 0.9, 0.95, 1, 1.05, 1.5, 2};

    /** What latency is compared with is at most as much of what it can do, and sheds nothing. */
    private static final double NEARLY = 0.9;

    /** So long that a node has forgotten what it shed before. */
    private static final long REST_MILLIS = 1500;

    /** Of the seconds of a round: how long it is overloaded. */
    private static final int LONG = 15;

    private static final double LEAST_GOODPUT = 0.9;
    private static final double MOST_LATENCY = 3;
    private static final int MOST_RECOVERY = 5;

    private final String path;
    private final String fields;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Phase> sweep = new ArrayList<>();
    private @Nullable Phase over;
    private @Nullable Phase after;

    /**
     * A time of one load.
     *
     * @param cpuSeconds of the node
     * @param othersSeconds of its core, that it did not get
     */
    private record Phase(String name, double offered, int seconds, Flow flow, double cpuSeconds, double othersSeconds) {

        double good() {
            return flow.goodInAll() / (double) seconds;
        }

        double refused() {
            return flow.refusals() / (double) seconds;
        }

        /** In percent of the node's core. */
        double used() {
            return 100 * cpuSeconds / seconds;
        }

        /** As {@link #used}. */
        double others() {
            return 100 * othersSeconds / seconds;
        }
    }

    private Overloading(String path, String fields) {
        this.path = path;
        this.fields = fields;
    }

    /** @param fields that each request has, whole lines */
    static Overloading measure(String path, String fields, Contender node, Running program, int seconds) {
        var measured = new Overloading(path, fields);
        measured.warm(node);
        try (var few = new OpenLoad(node.port(), FEW);
                var many = new OpenLoad(node.port(), CONNECTIONS)) {
            double most = measured.phase("at most", 0, seconds, few, program).good();
            for (double share : SWEEP) {
                rest();
                var name = "at %.0f %%".formatted(100 * share);
                measured.sweep.add(measured.phase(name, share * most, seconds, many, program));
            }
            rest();
            measured.over = measured.phase("three times", TIMES * most, LONG * seconds, many, program);
            measured.after = measured.phase("afterwards", HALF * most, 2 * seconds, many, program);
        }
        return measured;
    }

    /** Connections too: what only the beginning of one runs stays interpreted in the first hundreds, and makes those slow. */
    private void warm(Contender node) {
        double rate = 0;
        try (var few = new OpenLoad(node.port(), FEW)) {
            for (int i = 0; i < WARM_AGAIN; i++) {
                double before = rate;
                var flow = Flow.closed(path, fields);
                few.run(Duration.ofSeconds(WARM), flow);
                rate = flow.goodInAll() / (double) WARM;
                if (rate < before * FASTER) {
                    break;
                }
            }
        }
        try (var many = new OpenLoad(node.port(), CONNECTIONS)) {
            many.run(Duration.ofSeconds(WARM), Flow.open(path, fields, HALF * rate));
        }
    }

    private Phase phase(String name, double rate, int seconds, OpenLoad load, Running program) {
        var flow = rate == 0 ? Flow.closed(path, fields) : Flow.open(path, fields, rate);
        double core = Machine.busy(Machine.MEASURED_CORE);
        double cpu = program.cpuSeconds();
        load.run(Duration.ofSeconds(seconds), flow);
        cpu = program.cpuSeconds() - cpu;
        core = Machine.busy(Machine.MEASURED_CORE) - core;
        var phase = new Phase(name, rate, seconds, flow, cpu, Math.max(0, core - cpu));
        phases.add(phase);
        return phase;
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    private Phase most() {
        return phases.getFirst();
    }

    private Phase mostBySchedule() {
        return sweep.stream().max(Comparator.comparingDouble(Phase::good)).orElseThrow();
    }

    /** As near to 90 % as nothing is refused. */
    private Optional<Phase> unshed() {
        return sweep.stream()
                .filter(phase -> phase.offered() <= NEARLY * most().good())
                .filter(phase -> phase.flow().refusals() == 0)
                .reduce((_, later) -> later);
    }

    private double latency() {
        double ours = over().flow().latencies().percentile(99);
        return unshed().map(phase -> ours / phase.flow().latencies().percentile(99))
                .orElse(Double.POSITIVE_INFINITY);
    }

    private Phase over() {
        return Objects.requireNonNull(over);
    }

    private Phase after() {
        return Objects.requireNonNull(after);
    }

    /** The seconds until nothing was refused any more. */
    private int recovery() {
        int seconds = 0;
        var refused = after().flow().refused();
        for (int i = 0; i < refused.size(); i++) {
            seconds = refused.get(i) > 0 ? i + 1 : seconds;
        }
        return seconds;
    }

    /** Milliseconds of the node's core: what the good ones need is known from a time without refusals. */
    private double refusal() {
        double good = most().cpuSeconds() / most().flow().goodInAll();
        double spent = over().cpuSeconds() - good * over().flow().goodInAll();
        return over().flow().refusals() == 0 ? 0 : 1000 * spent / over().flow().refusals();
    }

    private long failures() {
        return phases.stream()
                .mapToLong(phase -> phase.flow().failures() + phase.flow().cut())
                .sum();
    }

    @Override
    public boolean valid() {
        return over().good()
                        >= LEAST_GOODPUT
                                * Math.max(most().good(), mostBySchedule().good())
                && latency() <= MOST_LATENCY
                && recovery() <= MOST_RECOVERY
                && refusal() < 1
                && failures() == 0;
    }

    @Override
    public void print(PrintStream out) {
        out.printf("%noverload: %s, by schedule over %d connections%n", path, CONNECTIONS);
        out.printf(
                "%-12s %8s %10s %10s %10s %8s %8s %12s %12s %10s %8s%n",
                "",
                "seconds",
                "offered/s",
                "good/s",
                "refused/s",
                "p50 ms",
                "p99 ms",
                "refused p50",
                "refused p99",
                "core used",
                "others");
        for (var phase : phases) {
            out.printf(
                    "%-12s %8d %10s %10.0f %10.0f %8.2f %8.2f %12.2f %12.2f %8.0f %% %6.0f %%%n",
                    phase.name(),
                    phase.seconds(),
                    phase.offered() == 0 ? "" : String.format(Locale.ROOT, "%.0f", phase.offered()),
                    phase.good(),
                    phase.refused(),
                    phase.flow().latencies().percentile(50),
                    phase.flow().latencies().percentile(99),
                    phase.flow().refusalLatencies().percentile(50),
                    phase.flow().refusalLatencies().percentile(99),
                    phase.used(),
                    phase.others());
        }
        out.printf(
                "%.2f of the most it can do, %.2f of the most by schedule, p99 %.1f times that %s, nothing refused after %d s, a refusal takes %.3f ms of the core, %d failed%n",
                over().good() / most().good(),
                over().good() / mostBySchedule().good(),
                latency(),
                unshed().map(Phase::name).orElse("of no load that sheds nothing"),
                recovery(),
                refusal(),
                failures());
    }
}
