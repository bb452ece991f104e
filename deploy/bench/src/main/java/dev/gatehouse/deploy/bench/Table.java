package dev.gatehouse.deploy.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of one case as a person reads them. */
final class Table implements Report {

    /** Another program on the measured core for more than this: the row says so. */
    private static final double DISTURBED = 0.1;

    private final Case what;
    private final Options options;
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();
    private final Map<String, Double> megabytes = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    Table(Case what, Options options) {
        this.what = what;
        this.options = options;
    }

    void add(String contender, Round round, double resident) {
        rounds.computeIfAbsent(contender, _ -> new ArrayList<>()).add(round);
        megabytes.merge(contender, resident, Math::max);
    }

    void skipped(String contender, String reason) {
        skipped.put(contender, reason);
    }

    /** Whether all were measured, and answered without an error. */
    @Override
    public boolean valid() {
        return skipped.isEmpty()
                && rounds.values().stream().flatMap(List::stream).allMatch(Round::valid);
    }

    @Override
    public void print(PrintStream out) {
        out.printf(
                "%n%s: %s. %d connections, median of %d x %d s%n",
                what, what.title(), options.connections(), options.rounds(), options.seconds());
        out.printf(
                "%-10s %10s %12s %9s %9s %8s %11s %8s%n",
                "", "requests/s", "CPU us/req", "p50 ms", "p99 ms", "RSS MB", "core used", "invalid");
        // in the order of the case, whoever had the first turn
        var names = options.rows(what).stream().map(Row::name).toList();
        for (var name : names) {
            var all = rounds.getOrDefault(name, List.of());
            if (!all.isEmpty()) {
                row(out, name, all);
            }
        }
        skipped.forEach((name, reason) -> out.printf("%-10s skipped: %s%n", name, reason));
        for (var ratio : what.ratios(names)) {
            if (!ratios(ratio, Round::rate).isEmpty()) {
                out.printf(
                        "%s / %-10s %5.2f of its requests/s, %5.2f of its requests per CPU second, %5.2f of its p99%n",
                        ratio.ours(),
                        ratio.theirs(),
                        median(ratios(ratio, Round::rate)),
                        median(ratios(ratio, round -> 1 / round.cpu())),
                        median(ratios(ratio, Round::p99)));
            }
        }
        notes.forEach(out::println);
    }

    /** A sentence behind the numbers. */
    void note(String text) {
        notes.add(text);
    }

    private void row(PrintStream out, String name, List<Round> all) {
        var valid = all.stream().filter(Round::valid).toList();
        var bad = all.size() - valid.size();
        var shown = valid.isEmpty() ? all : valid;
        double others = median(shown, Round::others);
        out.printf(
                "%-10s %10.0f %12.1f %9.2f %9.2f %8.0f %9.0f %% %8d%s%s%n",
                name,
                median(shown, Round::rate),
                median(shown, Round::cpu),
                median(shown, Round::p50),
                median(shown, Round::p99),
                megabytes.getOrDefault(name, 0.0),
                100 * median(shown, Round::used),
                bad,
                others > DISTURBED ? "  disturbed: others had %.0f %% of the core".formatted(100 * others) : "",
                bad == 0 ? "" : "  " + errors(all));
    }

    private static String errors(List<Round> all) {
        return all.stream().mapToLong(Round::refused).sum() + " answers of 400 and above, "
                + all.stream().mapToLong(Round::broken).sum() + " broken or silent connections";
    }

    /** Round by round, so that what changes on the machine from round to round counts for both. */
    private List<Double> ratios(Case.Ratio ratio, ToDoubleFunction<Round> value) {
        var ours = rounds.getOrDefault(ratio.ours(), List.of());
        var theirs = rounds.getOrDefault(ratio.theirs(), List.of());
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (ours.get(i).valid() && theirs.get(i).valid()) {
                ratios.add(value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i)));
            }
        }
        return ratios;
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return median(rounds.stream().mapToDouble(value).boxed().toList());
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
