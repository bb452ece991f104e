package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;

/** At most so many requests in any span of the window's length, counted over all nodes. */
@Named(
        value = "rate-limit",
        label = "Rate limit",
        help = "Admits at most so many requests in any span of the window's length, over all nodes together.")
public record RateLimit(
        @Setting(
                label = "Requests",
                help = "How many are admitted in any span of the window's length.",
                min = "1",
                max = "1000000000",
                unit = "requests")
        long requests,

        @Setting(label = "Window", help = "Length of the span, such as 10s, 1m or 1h.", min = "1s", max = "1h")
        Duration window,

        @Setting(
                label = "Counted per",
                help =
                        "Whose requests are counted together. Without a key the caller's address stands in for the consumer. Clients of no type count together.",
                fallback = "consumer")
        Per per,

        @Setting(
                label = "Counting",
                help =
                        "Each node takes permits ahead from the shared counter, so that most requests ask nobody (leased); or each request asks, and nothing is held back for another node (exact). Neither ever admits too many.",
                fallback = "leased")
        Mode mode,

        @Setting(
                label = "Without Redis",
                help =
                        "While Redis cannot be reached: each node admits its share (local), all are admitted (allow), none is (deny).",
                fallback = "local")
        WithoutRedis withoutRedis,

        @Setting(
                label = "Limit name",
                help = "Limits of one name share their count, also across routes. Empty: the route's own name.",
                optional = true,
                format = Format.NAME)
        String name)
        implements Policy {

    /** Whose requests are counted together. */
    public enum Per {
        CONSUMER("consumer"),
        KEY("key"),
        ADDRESS("address"),
        CLIENT_TYPE("client-type"),
        ROUTE("route");

        private final String written;

        Per(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** How the nodes count together. */
    public enum Mode {
        LEASED("leased"),
        EXACT("exact");

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

    /** The name under which the limit of that route counts. */
    public String nameOn(String route) {
        return name.isEmpty() ? route : name;
    }
}
