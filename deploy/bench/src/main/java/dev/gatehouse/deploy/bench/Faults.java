package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Targets fail under load, one fault after the other: what becomes of requests to them, and to another service. */
final class Faults implements Report {

    private static final int CONNECTIONS = 500;
    private static final double ASKED = 400;
    private static final double OTHERS = 1000;
    private static final String OTHER = "/plain";
    private static final double MOST_MOVED = 1.05;

    /** Who was ejected is back by then. */
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    /** Rounds. */
    private static final int WARM = 2;

    /** Idle connections are kept for 30 s. */
    private static final int PATIENCE_SECONDS = 40;

    private final FaultyTargets targets;
    private final Running program;
    private final Path folder;
    private final List<FaultLine> lines;
    private String held = "";
    private boolean leaks;

    private Faults(List<Fault> faults, FaultyTargets targets, Running program, Path folder) {
        this.targets = targets;
        this.program = program;
        this.folder = folder;
        lines = faults.stream().map(FaultLine::new).toList();
    }

    static Faults measure(
            List<Fault> faults, FaultyTargets targets, Contender node, Running program, Options options, Path folder) {
        var measured = new Faults(faults, targets, program, folder);
        measured.rounds(node.port(), options.rounds(), Duration.ofSeconds(options.seconds()));
        return measured;
    }

    private void rounds(int port, int rounds, Duration time) {
        try (var load = OpenLoad.forgiven(port, CONNECTIONS)) {
            new Pair(Fault.KILL).run(load, time.multipliedBy(WARM));
            new Pair(Fault.NAME).run(load, time.multipliedBy(WARM));
            var before = Footprint.of(program.pid(), folder);
            // what to do in trouble has to be compiled, too
            lines.forEach(line -> meanwhile(line.fault(), load, RECOVERY));
            var turns = new ArrayList<>(lines);
            for (int round = 0; round < rounds; round++) {
                for (var line : turns) {
                    line.add(suffer(line.fault(), load, time));
                }
                // who follows whom must not count
                Collections.rotate(turns, 1);
            }
            compare(before);
        }
    }

    private record Pair(Flow asked, Flow other) {

        Pair(Fault fault) {
            this(Flow.open(fault.path(), "", ASKED), Flow.open(OTHER, "", OTHERS));
        }

        Pair run(OpenLoad load, Duration time) {
            load.run(time, asked, other);
            return this;
        }
    }

    private FaultLine.Trial suffer(Fault fault, OpenLoad load, Duration time) {
        new Pair(fault).run(load, RECOVERY);
        double used = program.cpuSeconds();
        var before = new Pair(fault).run(load, time);
        var calm = stretch(before, used, time);
        long asked = targets.asked();
        long cut = targets.resets();
        used = program.cpuSeconds();
        var meanwhile = meanwhile(fault, load, time);
        return new FaultLine.Trial(
                meanwhile.asked(),
                targets.asked() - asked - meanwhile.asked().sent(),
                targets.resets() - cut,
                calm,
                stretch(meanwhile, used, time));
    }

    private Pair meanwhile(Fault fault, OpenLoad load, Duration time) {
        long begin = System.nanoTime();
        var trouble = Thread.ofPlatform().start(() -> targets.suffer(fault, begin, begin + time.toNanos()));
        var pair = new Pair(fault).run(load, time);
        try {
            trouble.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pair;
    }

    private FaultLine.Stretch stretch(Pair pair, double usedBefore, Duration time) {
        return new FaultLine.Stretch(pair.other().latencies(), (program.cpuSeconds() - usedBefore) / time.toSeconds());
    }

    private void compare(Footprint before) {
        var after = Footprint.of(program.pid(), folder);
        for (int i = 0; i < PATIENCE_SECONDS && after.leaks(before); i++) {
            pause(TimeUnit.SECONDS.toMillis(1));
            after = Footprint.of(program.pid(), folder);
        }
        leaks = after.leaks(before);
        held = "before: " + before + "; after: " + after;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of all those faults together, since a few seconds say little of one request in a hundred. */
    private double moved(Predicate<Fault> which) {
        var before = new Latencies();
        var meanwhile = new Latencies();
        for (var line : lines) {
            if (which.test(line.fault())) {
                before.add(line.before());
                meanwhile.add(line.meanwhile());
            }
        }
        return meanwhile.percentile(99) / before.percentile(99);
    }

    private double moved() {
        return moved(fault -> fault != Fault.NOTHING);
    }

    @Override
    public boolean valid() {
        // where only nothing happened, that is not a number
        return !leaks && !(moved() >= MOST_MOVED) && lines.stream().allMatch(line -> line.keeps() && line.inBudget());
    }

    @Override
    public void print(PrintStream out) {
        out.printf("%nfaults: %.0f requests/s to the service that fails, %.0f/s to another%n", ASKED, OTHERS);
        FaultLine.head(out);
        lines.forEach(line -> line.print(out));
        out.printf(
                "the other's p99 moved to %.2f of what it was, over all faults; to %.2f where nothing happened%n%s%s%n",
                moved(), moved(fault -> fault == Fault.NOTHING), held, leaks ? "  LEAK" : "");
    }
}
