package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** What one request takes of a limit. */
public record Cost(
        @Setting(
                label = "Units",
                help =
                        "What a request takes before it goes on, at least. Where the whole is known only later, the rest is charged then.",
                fallback = "1",
                min = "1",
                max = "1000000000")
        long units,

        @Setting(
                label = "Measured by",
                help =
                        "Units alone (request); or bytes of its body, or of the answer's; or the number that the service says in a header of its answer.",
                fallback = "request")
        By by,

        @Setting(
                label = "Header",
                help = "Of the answer: a whole number of units. Where it is missing, the units above count.",
                optional = true,
                format = Format.HEADER_NAME)
        String header)
        implements Checked {

    public static final Cost ONE = new Cost(1, By.REQUEST, "");

    /** What a cost is known by. */
    public enum By {
        REQUEST("request"),
        REQUEST_BYTES("request-bytes"),
        RESPONSE_BYTES("response-bytes"),
        RESPONSE_HEADER("response-header");

        private final String written;

        By(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** Is it known before the request goes on? */
    public boolean fixed() {
        return by == By.REQUEST;
    }

    /** Are bytes counted? */
    public boolean bytes() {
        return by == By.REQUEST_BYTES || by == By.RESPONSE_BYTES;
    }

    /** What is counted, in the plural. */
    public String unit() {
        return bytes() ? "bytes" : equals(ONE) ? "requests" : "units";
    }

    @Override
    public List<Problem> problems() {
        if ((by == By.RESPONSE_HEADER) == !header.isEmpty()) {
            return List.of();
        }
        return List.of(new Problem(
                "header",
                header.isEmpty()
                        ? "Must name the header of the answer that says the cost."
                        : "Is only for a cost measured by response-header."));
    }
}
