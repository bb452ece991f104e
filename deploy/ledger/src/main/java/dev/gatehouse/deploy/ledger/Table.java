package dev.gatehouse.deploy.ledger;

import java.io.PrintStream;
import java.util.Locale;

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
        row("most in any span", verdict.most(), "of " + verdict.limit() + " (by arrival " + verdict.seen() + ")");
        share("of the limit used", verdict.used(), "of " + verdict.ideal() + " that a limit without slack would admit");
        row("told 200", verdict.ok(), "");
        row("told 429", verdict.refused(), "");
        row("told otherwise", verdict.other(), "");
        row("told nothing", verdict.silent(), verdict.orphaned() + " of them reached the service");
        row("answers with a flaw", verdict.flawed(), "RateLimit or Retry-After missing or impossible");
        row("lost", verdict.lost(), "told 200, never at the service");
        row("double", verdict.twice(), "more than once at the service");
        row("refused, yet through", verdict.through(), "told 429, at the service all the same");
        if (verdict.alone() >= 0) {
            share(
                    "without Redis",
                    verdict.alone(),
                    "of the decisions; Redis ran " + verdict.redis().scripts() + " scripts");
        }
        if (verdict.redis().counted() >= 0) {
            long counted = verdict.redis().counted();
            row(
                    "counted in Redis",
                    (int) counted,
                    "in the last window, of which arrived " + verdict.redis().arrived());
        }
        row(
                "wait, p50 and p99",
                "%.2f".formatted(verdict.median() / MILLI),
                "ms; %.2f ms".formatted(verdict.p99() / MILLI));
        out.println(verdict.holds() ? "The limit holds." : "THE LIMIT DOES NOT HOLD.");
    }

    private void row(String what, int count, String comment) {
        row(what, String.format(Locale.ROOT, "%,d", count).replace(',', ' '), comment);
    }

    private void share(String what, double share, String comment) {
        row(what, "%.2f %%".formatted(share * 100), comment);
    }

    private void row(String what, String value, String comment) {
        out.println("  %-22s %12s  %s".formatted(what, value, comment).stripTrailing());
    }
}
