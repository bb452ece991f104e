package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** Which of a service's targets takes a request. */
public record Balancing(
        @Setting(
                label = "Algorithm",
                help =
                        "Which target is next. round-robin: in turn, as often as weights say. least-busy: of two drawn by weight, the one with fewer requests running. fastest: of two, the one that has answered sooner lately for what it has to do. hash: the same target for the same key.",
                fallback = "round-robin")
        Algorithm algorithm,

        @Setting(label = "Hash", help = "What decides where algorithm is hash.")
        Hash hash,

        @Setting(
                label = "Slow start",
                help =
                        "How long a target that is new or back takes to reach its full part of the requests, beginning with a tenth. 0s: it has it at once.",
                fallback = "0s",
                min = "0s",
                max = "1h")
        Duration slowStart,

        @Setting(
                label = "Panic threshold",
                help =
                        "When less than this part of the targets of a priority can be used, and no other priority makes up for it, all are used whatever is known against them: too few would break under what is meant for many. 0: never, as long as one is left.",
                fallback = "30",
                min = "0",
                max = "100",
                unit = "%")
        long panic,

        @Setting(label = "Stickiness", help = "Browsers stay with the target that they were given first.")
        StickyTarget sticky)
        implements Checked {

    /** What holds where nothing is written. */
    public static final Balancing DEFAULT = Settings.read(Balancing.class, null).orThrow();

    /** How a target is chosen. */
    public enum Algorithm {
        ROUND_ROBIN("round-robin"),
        LEAST_BUSY("least-busy"),
        FASTEST("fastest"),
        HASH("hash");

        private final String written;

        Algorithm(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** The key of a consistent hash. */
    public record Hash(
            @Setting(
                    label = "Key",
                    help =
                            "What requests with the same target have in common: the consumer, the client's address, or the header, cookie, path parameter or query parameter of that name. A request without it goes by chance.",
                    fallback = "consumer")
            By by,

            @Setting(
                    label = "Key name",
                    help = "Of the header, cookie, path parameter or query parameter.",
                    optional = true,
                    max = "200",
                    format = Format.HEADER_NAME)
            String name,

            @Setting(
                    label = "Headroom",
                    help =
                            "How much more than its part of the running requests a target may have, before the next one in the ring takes what is too much.",
                    fallback = "25",
                    min = "1",
                    max = "1000",
                    unit = "%")
            long headroom)
            implements Checked {

        /** What the key is. */
        public enum By {
            CONSUMER("consumer"),
            ADDRESS("address"),
            HEADER("header"),
            COOKIE("cookie"),
            PARAMETER("parameter"),
            QUERY("query");

            private final String written;

            By(String written) {
                this.written = written;
            }

            boolean named() {
                return this != CONSUMER && this != ADDRESS;
            }

            @Override
            public String toString() {
                return written;
            }
        }

        @Override
        public List<Problem> problems() {
            if (by.named() && name.isEmpty()) {
                return List.of(new Problem("name", "Must be given: which " + by + " is the key?"));
            }
            return List.of();
        }
    }

    @Override
    public List<Problem> problems() {
        return algorithm != Algorithm.HASH && !hash.name().isEmpty()
                ? List.of(new Problem("hash.name", "Decides nothing unless algorithm is hash."))
                : List.of();
    }
}
