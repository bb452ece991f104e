package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Targets fail under load, one fault after the other: what becomes of requests to them, and to another service. */
final class Faults implements Report {

    private static final int CONNECTIONS = 500;
    private static final double ASKED = 400;
    private static final double OTHERS = 1000;
    private static final String OTHER = "/plain";

    /** Retries, of what is sent, or so many in ten seconds where that is more: the budget as it is where nothing is said. */
    private static final double BUDGET = 0.2;

    private static final long BUDGET_AT_LEAST = 30;
    private static final double MOST_MOVED = 1.05;

    /** Who was ejected is back by then. */
    private static final long RECOVERY_MILLIS = 3_000;

    /** Idle connections are kept for 30 s. */
    private static final int PATIENCE_SECONDS = 40;

    private final FaultyTargets targets;
    private final Contender node;
    private final Path folder;
    private final List<Line> lines = new ArrayList<>();
    private String held = "";
    private boolean leaks;

    /**
     * @param flow to the service that fails
     * @param again requests that its targets got more than were sent
     * @param cut within the body, by a target
     * @param before of another service, a moment before
     * @param meanwhile of that other service
     */
    private record Line(Fault fault, Flow flow, long again, long cut, Latencies before, Latencies meanwhile) {

        long lost() {
            return flow.sent() - flow.goodInAll();
        }

        /** What no other target could have done. */
        boolean keeps() {
            return fault == Fault.ALL || lost() <= cut;
        }

        boolean inBudget() {
            return again <= Math.max(flow.sent() * BUDGET, BUDGET_AT_LEAST);
        }
    }

    private Faults(FaultyTargets targets, Contender node, Path folder) {
        this.targets = targets;
        this.node = node;
        this.folder = folder;
    }

    static Faults measure(
            List<Fault> faults, FaultyTargets targets, Contender node, Running program, int seconds, Path folder) {
        var measured = new Faults(targets, node, folder);
        var time = Duration.ofSeconds(seconds);
        measured.load(time, Fault.KILL);
        measured.load(time, Fault.NAME);
        var before = Footprint.of(program.pid(), measured.folder);
        for (var fault : faults) {
            if (fault != faults.getFirst()) {
                pause(RECOVERY_MILLIS);
            }
            measured.suffer(fault, time);
        }
        measured.compare(before, program.pid());
        return measured;
    }

    private record Pair(Flow asked, Flow other) {}

    private Pair load(Duration time, Fault fault) {
        var pair = new Pair(Flow.open(fault.path(), "", ASKED), Flow.open(OTHER, "", OTHERS));
        try (var load = new OpenLoad(node.port(), CONNECTIONS)) {
            load.run(time, pair.asked(), pair.other());
        }
        return pair;
    }

    private void suffer(Fault fault, Duration time) {
        var before = load(time, fault);
        long asked = targets.asked();
        long cut = targets.resets();
        long begin = System.nanoTime();
        var trouble = Thread.ofPlatform().start(() -> targets.suffer(fault, begin, begin + time.toNanos()));
        var meanwhile = load(time, fault);
        join(trouble);
        lines.add(new Line(
                fault,
                meanwhile.asked(),
                targets.asked() - asked - meanwhile.asked().sent(),
                targets.resets() - cut,
                before.other().latencies(),
                meanwhile.other().latencies()));
    }

    private void compare(Footprint before, long pid) {
        var after = Footprint.of(pid, folder);
        for (int i = 0; i < PATIENCE_SECONDS && after.leaks(before); i++) {
            pause(TimeUnit.SECONDS.toMillis(1));
            after = Footprint.of(pid, folder);
        }
        leaks = after.leaks(before);
        held = "before: " + before + "; after: " + after;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of all faults together, since a few seconds say little of one request in a hundred. */
    private double moved() {
        var before = new Latencies();
        var meanwhile = new Latencies();
        for (var line : lines) {
            before.add(line.before());
            meanwhile.add(line.meanwhile());
        }
        return meanwhile.percentile(99) / before.percentile(99);
    }

    @Override
    public boolean valid() {
        return !leaks && moved() < MOST_MOVED && lines.stream().allMatch(line -> line.keeps() && line.inBudget());
    }

    @Override
    public void print(PrintStream out) {
        out.printf("%nfaults: %.0f requests/s to the service that fails, %.0f/s to another%n", ASKED, OTHERS);
        out.printf(
                "%-6s %8s %8s %8s %8s %8s %14s %14s%n",
                "", "sent", "good", "lost", "cut", "again", "other's p99", "a moment ago");
        for (var line : lines) {
            out.printf(
                    "%-6s %8d %8d %8d %8d %8d %11.2f ms %11.2f ms  %s%s%s%n",
                    line.fault(),
                    line.flow().sent(),
                    line.flow().goodInAll(),
                    line.lost(),
                    line.cut(),
                    Math.max(0, line.again()),
                    line.meanwhile().percentile(99),
                    line.before().percentile(99),
                    line.fault().title(),
                    line.keeps() ? "" : "  NOT KEPT " + line.flow().statuses(),
                    line.inBudget() ? "" : "  BEYOND THE BUDGET");
        }
        out.printf(
                "the other's p99 moved to %.2f of what it was, all together%n%s%s%n",
                moved(), held, leaks ? "  LEAK" : "");
    }
}
