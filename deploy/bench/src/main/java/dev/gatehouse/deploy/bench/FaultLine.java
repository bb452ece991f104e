package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** One fault, each time that it was there, and what was a moment before. */
final class FaultLine {

    /** Retries, of what is sent, or so many in ten seconds where that is more: the budget as it is where nothing is said. */
    private static final double BUDGET = 0.2;

    private static final long BUDGET_AT_LEAST = 30;
    private static final double PERCENT = 99;

    /**
     * Once.
     *
     * @param flow to the service that fails
     * @param again requests that its targets got more than were sent
     * @param cut within the body, by a target
     * @param before a moment before
     * @param meanwhile while the fault was there
     */
    record Trial(Flow flow, long again, long cut, Stretch before, Stretch meanwhile) {}

    /**
     * Some seconds.
     *
     * @param others what was seen of services that are well
     * @param used of the node's core
     */
    record Stretch(Map<Other, Bystander.Seen> others, double used) {

        private Latencies latencies(Other other) {
            return Objects.requireNonNull(others.get(other)).latencies();
        }

        private long failed() {
            return others.values().stream().mapToLong(Bystander.Seen::failed).sum();
        }
    }

    private final Fault fault;
    private final List<Trial> trials = new ArrayList<>();

    FaultLine(Fault fault) {
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    void add(Trial trial) {
        trials.add(trial);
    }

    private long sum(ToLongFunction<Trial> part) {
        return trials.stream().mapToLong(part).sum();
    }

    private long lost() {
        return sum(trial -> trial.flow().sent() - trial.flow().goodInAll());
    }

    /** Whether nothing is lost that another target could have done. */
    boolean keeps() {
        return fault == Fault.ALL || lost() <= sum(Trial::cut);
    }

    /** Requests to services that are well, calm times included. */
    long othersLost() {
        return sum(trial -> trial.before().failed() + trial.meanwhile().failed());
    }

    boolean inBudget() {
        return trials.stream()
                .allMatch(trial -> trial.again() <= Math.max(trial.flow().sent() * BUDGET, BUDGET_AT_LEAST));
    }

    List<Moved.Pair> pairs(Other other) {
        return trials.stream()
                .map(trial -> new Moved.Pair(
                        trial.before().latencies(other), trial.meanwhile().latencies(other)))
                .toList();
    }

    /** Of another service: its p50 and p99, before and meanwhile, and how far that moved. */
    private String seen(Other other) {
        var pairs = pairs(other);
        var before = new Latencies();
        var meanwhile = new Latencies();
        pairs.forEach(pair -> {
            before.add(pair.before());
            meanwhile.add(pair.meanwhile());
        });
        return "%4.2f -> %4.2f %4.2f -> %4.2f %-19s"
                .formatted(
                        before.percentile(50),
                        meanwhile.percentile(50),
                        before.percentile(PERCENT),
                        meanwhile.percentile(PERCENT),
                        Moved.of(List.of(pairs)));
    }

    private double used(Function<Trial, Stretch> when) {
        return trials.stream()
                .mapToDouble(trial -> 100 * when.apply(trial).used())
                .average()
                .orElse(0);
    }

    /** What is over the columns of {@link #print}. */
    static void head(PrintStream out) {
        out.printf(
                "%-8s %7s %7s %6s %6s %6s | %-12s %-12s %-19s | %-12s %-12s %-19s | %-14s%n",
                "",
                "sent",
                "good",
                "lost",
                "cut",
                "again",
                "prompt p50",
                "p99 ms",
                "moved",
                "working p50",
                "p99 ms",
                "moved",
                "core used");
    }

    void print(PrintStream out) {
        out.printf(
                "%-8s %7d %7d %6d %6d %6d | %s | %s | %3.0f -> %2.0f %%  %s%s%s%s%n",
                fault,
                sum(trial -> trial.flow().sent()),
                sum(trial -> trial.flow().goodInAll()),
                lost(),
                sum(Trial::cut),
                Math.max(0, sum(Trial::again)),
                seen(Other.PROMPT),
                seen(Other.WORKING),
                used(Trial::before),
                used(Trial::meanwhile),
                fault.title(),
                keeps() ? "" : "  NOT KEPT " + statuses(),
                othersLost() == 0 ? "" : "  THE OTHERS LOST " + othersLost(),
                inBudget() ? "" : "  BEYOND THE BUDGET");
    }

    private String statuses() {
        return trials.stream().map(trial -> trial.flow().statuses()).toList().toString();
    }
}
