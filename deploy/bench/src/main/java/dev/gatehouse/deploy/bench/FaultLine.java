package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
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
     * @param other what was seen of another service
     * @param used of the node's core
     */
    record Stretch(Bystander.Seen other, double used) {}

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

    /** Requests to the other service, calm times included. */
    long othersLost() {
        return sum(trial ->
                trial.before().other().failed() + trial.meanwhile().other().failed());
    }

    boolean inBudget() {
        return trials.stream()
                .allMatch(trial -> trial.again() <= Math.max(trial.flow().sent() * BUDGET, BUDGET_AT_LEAST));
    }

    /** Of the other service. */
    List<Moved.Pair> pairs() {
        return trials.stream()
                .map(trial -> new Moved.Pair(
                        trial.before().other().latencies(),
                        trial.meanwhile().other().latencies()))
                .toList();
    }

    private Latencies all(Function<Moved.Pair, Latencies> when) {
        var all = new Latencies();
        pairs().forEach(pair -> all.add(when.apply(pair)));
        return all;
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
                "%-8s %7s %7s %6s %6s %6s | %-12s %-12s %-19s %-14s%n",
                "", "sent", "good", "lost", "cut", "again", "other's p50", "p99 ms", "moved", "core used");
    }

    void print(PrintStream out) {
        var before = all(Moved.Pair::before);
        var meanwhile = all(Moved.Pair::meanwhile);
        out.printf(
                "%-8s %7d %7d %6d %6d %6d | %4.2f -> %4.2f %4.2f -> %4.2f %-19s %3.0f -> %2.0f %%  %s%s%s%s%n",
                fault,
                sum(trial -> trial.flow().sent()),
                sum(trial -> trial.flow().goodInAll()),
                lost(),
                sum(Trial::cut),
                Math.max(0, sum(Trial::again)),
                before.percentile(50),
                meanwhile.percentile(50),
                before.percentile(PERCENT),
                meanwhile.percentile(PERCENT),
                Moved.of(List.of(pairs())),
                used(Trial::before),
                used(Trial::meanwhile),
                fault.title(),
                keeps() ? "" : "  NOT KEPT " + statuses(),
                othersLost() == 0 ? "" : "  THE OTHER LOST " + othersLost(),
                inBudget() ? "" : "  BEYOND THE BUDGET");
    }

    private String statuses() {
        return trials.stream().map(trial -> trial.flow().statuses()).toList().toString();
    }
}
