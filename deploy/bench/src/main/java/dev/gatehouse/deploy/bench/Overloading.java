package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Three times what a node can do, by schedule: what becomes of the requests, and how soon after it all is as before. */
final class Overloading implements Report {

    private static final int CONNECTIONS = 1000;
    private static final int FEW = 64;

    /** Seconds, again and again as long as the JVM gets faster, so many times at most. */
    private static final int WARM = 5;

    private static final int WARM_AGAIN = 8;
    private static final double FASTER = 1.02;

    private static final double NEARLY = 0.9;
    private static final double TIMES = 3;
    private static final double HALF = 0.5;

    /** Of the seconds of a round: how long it is overloaded. */
    private static final int LONG = 15;

    private static final double LEAST_GOODPUT = 0.9;
    private static final double MOST_LATENCY = 3;
    private static final int MOST_RECOVERY = 5;

    private final String path;
    private final String fields;
    private final List<Phase> phases = new ArrayList<>();

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
        try (var few = new OpenLoad(node.port(), FEW);
                var many = new OpenLoad(node.port(), CONNECTIONS)) {
            measured.warm(few);
            double most = measured.phase("at most", 0, seconds, few, program).good();
            for (var phase : List.of(
                    new Offer("at 90 %", NEARLY, 2 * seconds),
                    new Offer("three times", TIMES, LONG * seconds),
                    new Offer("afterwards", HALF, 2 * seconds))) {
                measured.phase(phase.name(), phase.share() * most, phase.seconds(), many, program);
            }
        }
        return measured;
    }

    private void warm(OpenLoad load) {
        double before = 0;
        for (int i = 0; i < WARM_AGAIN; i++) {
            var flow = Flow.closed(path, fields);
            load.run(Duration.ofSeconds(WARM), flow);
            if (flow.goodInAll() < before * FASTER) {
                return;
            }
            before = flow.goodInAll();
        }
    }

    private record Offer(String name, double share, int seconds) {}

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

    private Phase most() {
        return phases.get(0);
    }

    private Phase nearly() {
        return phases.get(1);
    }

    private Phase over() {
        return phases.get(2);
    }

    private Phase after() {
        return phases.get(3);
    }

    private double goodput() {
        return over().good() / most().good();
    }

    private double latency() {
        return over().flow().latencies().percentile(99)
                / nearly().flow().latencies().percentile(99);
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
        double good = nearly().cpuSeconds() / nearly().flow().goodInAll();
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
        return goodput() >= LEAST_GOODPUT
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
                "%.2f of the most it can do, p99 %.1f times that at 90 %%, nothing refused after %d s, a refusal takes %.3f ms of the core, %d failed%n",
                goodput(), latency(), recovery(), refusal(), failures());
    }
}
