package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.settings.Spans;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict for a person. */
final class Table {

    private static final double MILLI = 1e6;

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void print(Settings settings, Verdict verdict) {
        out.println();
        out.println(settings);
        row("offered", verdict.offered(), verdict.unsent() == 0 ? "" : verdict.unsent() + " more could not be sent");
        row("admitted", verdict.admitted(), "reached the service");
        row(
                verdict.model().name(),
                verdict.most(),
                "of " + verdict.model().bound() + " (by arrival " + verdict.seen() + ")");
        share("of the limit used", verdict.used(), "of " + verdict.ideal() + " that a limit without slack would admit");
        told(verdict.told());
        stores(verdict);
        row("wait, p50 and p99", millis(verdict.median()), "ms; " + millis(verdict.p99()) + " ms");
        out.println(verdict.holds() ? "The limit holds." : "THE LIMIT DOES NOT HOLD.");
    }

    private void told(Verdict.Told told) {
        row("told 200", told.ok(), "");
        row("told 429", told.refused(), "");
        row(
                "told otherwise",
                told.failed() - told.silent(),
                told.other().entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining(", ")));
        row("told nothing", told.silent(), told.orphaned() + " of them reached the service");
        row(
                "answers with a flaw",
                told.flawed(),
                told.flaw().isEmpty() ? "RateLimit or Retry-After missing or impossible" : "first " + told.flaw());
        row("lost", told.lost(), "told 200, never at the service");
        row("double", told.twice(), "more than once at the service");
        row("refused, yet through", told.through(), "told 429, at the service all the same");
    }

    private void stores(Verdict verdict) {
        var redis = verdict.redis();
        if (verdict.alone() >= 0) {
            share("without Redis", verdict.alone(), "of the decisions; Redis ran " + redis.scripts() + " scripts");
        }
        if (redis.counted() >= 0) {
            row("counted in Redis", redis.counted(), "in the last window, of which arrived " + redis.arrived());
        }
        var quota = verdict.quota();
        if (quota.amount() > 0) {
            row(
                    "used in the ledger",
                    quota.ledger(),
                    "of " + quota.amount() + "; " + (quota.ledger() - quota.arrived()) + " more than arrived"
                            + (quota.open() == 0 ? "" : ", " + quota.open() + " may be"));
            row("used in Redis", quota.redis(), quota.redis() < 0 ? "it has forgotten" : "and held by nodes");
        }
    }

    /** What callers met from one event to the next. */
    void print(List<Phases.Phase> phases) {
        out.println();
        out.println("  %7s  %-34s %9s %9s %7s %10s %10s"
                .formatted("from", "after", "sent", "admitted", "failed", "p50 ms", "p99 ms"));
        phases.forEach(phase -> out.println("  %7s  %-34s %9d %9d %7d %10s %10s"
                .formatted(
                        Spans.write(phase.from()),
                        phase.after(),
                        phase.sent(),
                        phase.admitted(),
                        phase.failed(),
                        millis(phase.median()),
                        millis(phase.p99()))));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / MILLI);
    }

    private void row(String what, long count, String comment) {
        row(what, String.format(Locale.ROOT, "%,d", count).replace(',', ' '), comment);
    }

    private void share(String what, double share, String comment) {
        row(what, String.format(Locale.ROOT, "%.2f %%", share * 100), comment);
    }

    private void row(String what, String value, String comment) {
        out.println("  %-22s %12s  %s".formatted(what, value, comment).stripTrailing());
    }
}
