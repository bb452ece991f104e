package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Targets fail under load, one fault after the other: what becomes of requests to them, and to other services. */
final class Faults implements Report {

    private static final int CONNECTIONS = 250;
    private static final double ASKED = 400;
    private static final double OTHERS = 1000;

    /** Five times as many a second: the compiler counts calls. */
    private static final double WARMING = 2000;

    private static final double MOST_MOVED = 1.05;

    /** Who was ejected is back by then. */
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    /** Rounds. */
    private static final int WARM = 3;

    /** Idle connections are kept for 30 s. */
    private static final int PATIENCE_SECONDS = 40;

    private final FaultyTargets targets;
    private final Running program;
    private final Path folder;
    private final OpenLoad load;
    private final Bystander bystander;
    private final List<FaultLine> lines;
    private String held = "";
    private boolean leaks;

    private Faults(
            List<Fault> faults,
            FaultyTargets targets,
            Running program,
            Path folder,
            OpenLoad load,
            Bystander bystander) {
        this.targets = targets;
        this.program = program;
        this.folder = folder;
        this.load = load;
        this.bystander = bystander;
        lines = faults.stream().map(FaultLine::new).toList();
    }

    static Faults measure(
            List<Fault> faults,
            FaultyTargets targets,
            Contender node,
            Running program,
            Options options,
            Settings settings) {
        var folder = settings.file(".");
        try (var load = OpenLoad.forgiven(node.port(), CONNECTIONS);
                var bystander =
                        new Bystander(node.port(), OTHERS, settings.port("working"), settings.file("bystander.log"))) {
            var measured = new Faults(faults, targets, program, folder, load, bystander);
            measured.rounds(options.rounds(), Duration.ofSeconds(options.seconds()));
            return measured;
        }
    }

    private void rounds(int rounds, Duration time) {
        stretch(Fault.KILL, WARMING, time);
        stretch(Fault.NAME, WARMING, time);
        var before = Footprint.of(program.pid(), folder);
        // what to do in trouble has to be compiled, too
        for (int round = 0; round < WARM; round++) {
            lines.forEach(line -> meanwhile(line.fault(), WARMING, RECOVERY));
        }
        var turns = new ArrayList<>(lines);
        for (int round = 0; round < rounds; round++) {
            for (var line : turns) {
                line.add(suffer(line.fault(), time));
            }
            // who follows whom must not count
            Collections.rotate(turns, 1);
        }
        compare(before);
    }

    private record Asked(Flow flow, FaultLine.Stretch stretch) {}

    /** All are asked, whatever becomes of it. */
    private Asked stretch(Fault fault, double perSecond, Duration time) {
        double used = program.cpuSeconds();
        var flow = Flow.open(fault.path(), "", perSecond);
        bystander.begin(time);
        load.run(time, flow);
        var others = bystander.end();
        return new Asked(
                flow, new FaultLine.Stretch(others, (program.cpuSeconds() - used) / (time.toMillis() / 1000.0)));
    }

    private FaultLine.Trial suffer(Fault fault, Duration time) {
        stretch(fault, ASKED, RECOVERY);
        var before = stretch(fault, ASKED, time);
        long asked = targets.asked();
        long cut = targets.resets();
        var meanwhile = meanwhile(fault, ASKED, time);
        return new FaultLine.Trial(
                meanwhile.flow(),
                targets.asked() - asked - meanwhile.flow().sent(),
                targets.resets() - cut,
                before.stretch(),
                meanwhile.stretch());
    }

    private Asked meanwhile(Fault fault, double perSecond, Duration time) {
        long begin = System.nanoTime();
        var trouble = Thread.ofPlatform().start(() -> targets.suffer(fault, begin, begin + time.toNanos()));
        var asked = stretch(fault, perSecond, time);
        try {
            trouble.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return asked;
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

    /** Of all those together. */
    private Moved moved(Other other, Predicate<Fault> which) {
        return Moved.of(lines.stream()
                .filter(line -> which.test(line.fault()))
                .map(line -> line.pairs(other))
                .toList());
    }

    private Moved moved(Other other) {
        return moved(other, fault -> fault != Fault.NOTHING);
    }

    @Override
    public boolean valid() {
        // where only nothing happened, that is not a number
        return !leaks
                && Stream.of(Other.values()).noneMatch(other -> moved(other).ratio() >= MOST_MOVED)
                && lines.stream().allMatch(line -> line.keeps() && line.inBudget() && line.othersLost() == 0);
    }

    @Override
    public void print(PrintStream out) {
        out.printf(
                "%nfaults: %.0f requests/s to the service that fails, %.0f/s to one that is prompt, %.0f/s to one that works for %d ms%s%n",
                ASKED,
                OTHERS,
                OTHERS,
                Other.WORK.toMillis(),
                Machine.comesFirst() ? "; load and targets of those come first on their core" : "");
        FaultLine.head(out);
        lines.forEach(line -> line.print(out));
        for (var other : Other.values()) {
            out.printf(
                    "%s: p99 moved to %s of what it was, over all faults; to %s where nothing happened%n",
                    other, moved(other), moved(other, fault -> fault == Fault.NOTHING));
        }
        out.printf("%s%s%n", held, leaks ? "  LEAK" : "");
    }
}
