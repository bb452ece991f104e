package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** At most so many requests in any span of the window's length, or a bucket of them, counted over all nodes. */
@Named(
        value = "rate-limit",
        label = "Rate limit",
        help = "Admits at most so many requests in any span of the window's length, over all nodes together.")
public record RateLimit(
        @Setting(
                label = "Requests",
                help =
                        "How many are admitted in any span of the window's length. Bytes, or other units, where requests cost those.",
                min = "1",
                max = "1000000000000",
                unit = "requests")
        long requests,

        @Setting(label = "Window", help = "Length of the span, such as 10s, 1m or 1h.", min = "1s", max = "1h")
        Duration window,

        @Setting(
                label = "Burst",
                help =
                        "At 0, never more than that in any span. Otherwise a bucket: so many at once where nothing was used lately, filled again at the rate of requests by window.",
                fallback = "0",
                min = "0",
                max = "1000000000000",
                unit = "requests")
        long burst,

        @Setting(
                label = "Counted per",
                help =
                        "Whose requests are counted together. Without a key the caller's address stands in for the consumer; an IPv6 address counts with its /64. Clients of no type count together, and so do requests without the header, claim or parameter.",
                fallback = "consumer")
        Per per,

        @Setting(
                label = "Of that name",
                help = "Which header, claim or path parameter it is counted per.",
                optional = true,
                format = Format.FIELD_NAME)
        String perName,

        @Setting(label = "Cost", help = "What one request takes.")
        Cost cost,

        @Setting(
                label = "Counting",
                help =
                        "Each node takes permits ahead from the shared counter, so that most requests ask nobody (leased); or each request asks, and nothing is held back for another node (exact); or each node counts its share alone (local). None ever admits too many.",
                fallback = "leased")
        Mode mode,

        @Setting(
                label = "Without Redis",
                help =
                        "While Redis cannot be reached: each node admits its share (local), all are admitted (allow), none is (deny).",
                fallback = "local")
        WithoutRedis withoutRedis,

        @Setting(
                label = "Only observe",
                help = "Refuses nothing; counts what it would have refused, for the console's Limits page.",
                fallback = "false")
        boolean observe,

        @Setting(label = "What callers are told", help = "In answers and refusals.")
        Told told,

        @Setting(
                label = "Limit name",
                help =
                        "Limits of one name share their count, also across routes. Empty: the route's own name. A limit of a plan must have one.",
                optional = true,
                format = Format.NAME)
        String name)
        implements Policy, Counted, Checked {

    private static final Duration FULLEST = Duration.ofDays(1);

    /** One that costs 1 and is no bucket. */
    public RateLimit(long requests, Duration window, Per per, Mode mode, WithoutRedis withoutRedis, String name) {
        this(requests, window, 0, per, "", Cost.ONE, mode, withoutRedis, false, Told.DEFAULT, name);
    }

    /** Whose requests are counted together. */
    public enum Per {
        CONSUMER("consumer"),
        KEY("key"),
        GROUP("group"),
        ADDRESS("address"),
        CLIENT_TYPE("client-type"),
        HEADER("header"),
        CLAIM("claim"),
        PARAMETER("parameter"),
        ROUTE("route"),
        GLOBAL("global");

        private final String written;

        Per(String written) {
            this.written = written;
        }

        /** Does no other consumer count with it? */
        public boolean ofOneConsumer() {
            return this == CONSUMER || this == KEY;
        }

        /** Does it take the name of a header, claim or parameter? */
        public boolean named() {
            return this == HEADER || this == CLAIM || this == PARAMETER;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** How the nodes count together. */
    public enum Mode {
        LEASED("leased"),
        EXACT("exact"),
        LOCAL("local");

        private final String written;

        Mode(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** What holds while the shared counter cannot be reached. */
    public enum WithoutRedis {
        LOCAL("local"),
        ALLOW("allow"),
        DENY("deny");

        private final String written;

        WithoutRedis(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public Stage stage() {
        return Stage.LIMIT;
    }

    @Override
    public boolean asksForClientType() {
        return per == Per.CLIENT_TYPE;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<>(named(per, perName));
        // the time until an empty bucket is full again
        if ((double) burst / requests * window.toMillis() > FULLEST.toMillis()) {
            problems.add(new Problem("burst", "Must fill again within 1d at the rate of requests by window."));
        }
        if (cost.units() > most()) {
            problems.add(new Problem(
                    "cost.units", "A request must not take more than the " + most() + " there are at most."));
        }
        return problems;
    }

    static List<Problem> named(Per per, String perName) {
        if (per.named() == !perName.isEmpty()) {
            return List.of();
        }
        return List.of(new Problem(
                "per-name",
                per.named()
                        ? "Must name the " + per + " to count per."
                        : "Is only for limits per header, claim or parameter."));
    }

    /** Units that are there at most at once: no request can take more. */
    public long most() {
        return burst > 0 ? burst : requests;
    }

    /** The same with other numbers. */
    public RateLimit with(long otherRequests, long otherBurst) {
        return new RateLimit(
                otherRequests, window, otherBurst, per, perName, cost, mode, withoutRedis, observe, told, name);
    }
}
