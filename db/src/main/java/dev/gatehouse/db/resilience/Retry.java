package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** When a request is sent again: only where doing it twice does no harm, and nothing of an answer was passed on. */
public record Retry(
        @Setting(
                label = "Retries",
                help =
                        "How often a request may be sent again whose connection was closed unanswered, or that failed as said below. Only GET, HEAD, OPTIONS, PUT, DELETE, TRACE, and what has an Idempotency-Key; another target is asked if there is one. A target that takes no connection is passed over all the same.",
                fallback = "1",
                min = "0",
                max = "10")
        long attempts,

        @Setting(
                label = "Also after",
                help =
                        "What else is a reason: a target that is too slow, an answer that is broken off or malformed before it could be passed on, answers with these statuses. Retry-After is obeyed where there is time.")
        List<On> on,

        @Setting(
                label = "Greatest body to keep",
                help =
                        "Requests with a body can be sent again up to this size: it is read whole before it is sent. 0B: none.",
                fallback = "0B",
                min = "0B",
                max = "1MiB",
                format = Format.SIZE)
        long maxBody,

        @Setting(
                label = "Backoff",
                help =
                        "How long is waited before a retry at most; doubled with each further one, and drawn by chance from 0 up.",
                fallback = "25ms",
                min = "0s",
                max = "10s")
        Duration backoff,

        @Setting(
                label = "Longest backoff",
                help = "However many retries there were. A service that asks for a longer break is not asked again.",
                fallback = "250ms",
                min = "0s",
                max = "1m")
        Duration longestBackoff,

        @Setting(
                label = "Header with attempts",
                help = "A header of the answer that tells how many attempts were made. Empty: none.",
                optional = true,
                format = Format.HEADER_NAME)
        String header)
        implements Checked {

    /** What holds where nothing is written. */
    public static final Retry DEFAULT = Settings.read(Retry.class, null).orThrow();

    public Retry {
        on = List.copyOf(on);
    }

    /** A reason to send a request again. */
    public enum On {
        TIMEOUT("timeout"),
        BROKEN("broken"),
        S408("408"),
        S425("425"),
        S429("429"),
        S500("500"),
        S502("502"),
        S503("503"),
        S504("504");

        private final String written;

        On(String written) {
            this.written = written;
        }

        /** The status that it is; 0 for what is none. */
        public int status() {
            return Character.isDigit(written.charAt(0)) ? Integer.parseInt(written) : 0;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public List<Problem> problems() {
        return longestBackoff.compareTo(backoff) < 0
                ? List.of(new Problem("longest-backoff", "Must be at least the backoff."))
                : List.of();
    }
}
