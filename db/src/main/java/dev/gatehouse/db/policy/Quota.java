package dev.gatehouse.db.policy;

import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.quota.Calendar;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** So much in each hour, day, week or month: a ledger in PostgreSQL keeps what was used. */
@Named(
        value = "quota",
        label = "Quota",
        help =
                "Admits so much in each hour, day, week or month, over all nodes together. What was used is kept in a ledger.")
public record Quota(
        @Setting(
                label = "Amount",
                help = "How much may be used in each period: requests, or units or bytes where requests cost those.",
                min = "1",
                max = "1000000000000",
                unit = "requests")
        long amount,

        @Setting(label = "Every", help = "How long it counts before it begins anew.", fallback = "month")
        Every every,

        @Setting(
                label = "Length",
                help =
                        "Of a custom period, in seconds at the finest. Whole days are days of the calendar, anything else is time that passes.",
                fallback = "1d",
                min = "1m",
                max = "366d")
        Duration length,

        @Setting(
                label = "Anchor",
                help =
                        "A day on which a period begins, such as 2026-01-31: weeks begin on its weekday, months on its day or the last of a shorter month, custom periods are counted from it. Empty: Mondays and firsts.",
                optional = true,
                format = Format.DATE)
        String anchor,

        @Setting(
                label = "Own anniversary",
                help =
                        "Periods begin on the day since when a consumer is one, instead of the anchor, where that day is known.",
                fallback = "false")
        boolean anniversary,

        @Setting(
                label = "Time zone",
                help = "Whose midnight begins a day, also where the clocks change.",
                fallback = "UTC",
                format = Format.ZONE)
        String zone,

        @Setting(
                label = "Counted per",
                help =
                        "Whose use is counted together: a consumer's, a key's, or that of all. Only who is known has a quota.",
                fallback = "consumer")
        Per per,

        @Setting(label = "Cost", help = "What one request takes.")
        Cost cost,

        @Setting(
                label = "Beyond it",
                help = "Refuse what goes beyond (hard), or let it pass, counted and with alerts (soft).",
                fallback = "hard")
        Mode mode,

        @Setting(
                label = "Carried over",
                help = "How much of what was left goes into the next period at most. 0: nothing.",
                fallback = "0",
                min = "0",
                max = "1000000000000",
                unit = "requests")
        long carryOver,

        @Setting(label = "Alerts", help = "At which parts of it the webhooks are called, once each period.", max = "10")
        List<Threshold> alerts,

        @Setting(
                label = "Without Redis",
                help =
                        "While Redis cannot be reached: each node admits its share of what the ledger says is left (local), all is admitted (allow), nothing is (deny).",
                fallback = "local")
        WithoutRedis withoutRedis,

        @Setting(label = "What callers are told", help = "In answers and refusals.")
        Told told,

        @Setting(
                label = "Quota name",
                help =
                        "Under it is kept what was used; quotas of one name share that, also across routes. Empty: the route's own name. A quota of a plan must have one.",
                optional = true,
                format = Format.NAME)
        String name)
        implements Policy, Checked {

    /** Whose use is counted together. */
    public enum Per {
        CONSUMER,
        KEY,
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of requests beyond it. */
    public enum Mode {
        HARD,
        SOFT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Quota {
        alerts = List.copyOf(alerts);
    }

    /** One whose periods are the same for all. */
    public Quota(
            long amount,
            Every every,
            Duration length,
            String anchor,
            String zone,
            Per per,
            Cost cost,
            Mode mode,
            long carryOver,
            List<Threshold> alerts,
            WithoutRedis withoutRedis,
            Told told,
            String name) {
        this(amount, every, length, anchor, false, zone, per, cost, mode, carryOver, alerts, withoutRedis, told, name);
    }

    /** Per consumer, one for each request, hard. */
    public Quota(long amount, Every every, String name) {
        this(
                amount,
                every,
                Duration.ofDays(1),
                "",
                "UTC",
                Per.CONSUMER,
                Cost.ONE,
                Mode.HARD,
                0,
                List.of(),
                WithoutRedis.LOCAL,
                Told.DEFAULT,
                name);
    }

    @Override
    public Stage stage() {
        return Stage.LIMIT;
    }

    /** Is what goes beyond it refused? */
    public boolean refuses() {
        return mode == Mode.HARD;
    }

    /** What there is in a period at most, but for a bonus. */
    public long most() {
        return amount + carryOver;
    }

    /** Its periods. */
    public Calendar calendar() {
        return new Calendar(
                every,
                length,
                anchor.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(anchor)),
                ZoneId.of(zone));
    }

    /**
     * As it holds for one consumer.
     *
     * @param since when it is one, such as 2026-01-31; empty where that is not known
     */
    public Quota forOne(String since) {
        return anniversary && !since.isEmpty() && !since.equals(anchor)
                ? new Quota(
                        amount,
                        every,
                        length,
                        since,
                        true,
                        zone,
                        per,
                        cost,
                        mode,
                        carryOver,
                        alerts,
                        withoutRedis,
                        told,
                        name)
                : this;
    }

    /** At which parts of it an alert is due. */
    public List<Integer> percents() {
        return alerts.stream().map(Threshold::percent).toList();
    }

    /** The name under which the quota of that route counts. */
    public String nameOn(String route) {
        return name.isEmpty() ? route : name;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (!length.equals(Duration.ofSeconds(length.toSeconds()))) {
            problems.add(new Problem("length", "Must be whole seconds."));
        }
        if (mode == Mode.SOFT && carryOver > 0) {
            problems.add(new Problem("carry-over", "A soft quota refuses nothing, so there is nothing to carry over."));
        }
        if (refuses() && cost.units() > most()) {
            problems.add(new Problem(
                    "cost.units", "A request must not take more than the " + most() + " there are at most."));
        }
        if (anniversary && per == Per.ALL) {
            problems.add(new Problem("anniversary", "All together have none: only a consumer or a key has."));
        }
        if (anniversary && (every == Every.HOUR || every == Every.DAY)) {
            problems.add(new Problem("anniversary", "Hours and days have none: they begin with the hour or the day."));
        }
        for (int i = 0; i < alerts.size(); i++) {
            if (alerts.indexOf(alerts.get(i)) < i) {
                problems.add(new Problem("alerts[" + i + "]", alerts.get(i).percent() + " is listed twice."));
            }
        }
        return problems;
    }
}
