package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a route answers in place of a service that fails. */
public record Fallbacks(
        @Setting(
                label = "Fallbacks",
                help =
                        "In this order, the first one that has an answer: another service, the last good answer, a fixed reply.",
                max = "5")
        List<Fallback> instead,

        @Setting(
                label = "After",
                help =
                        "Which failures. Where nothing is chosen: whenever the service gives no usable answer; answers of its own count only if their status is chosen.")
        List<On> on)
        implements Checked {

    /** What holds where nothing is written: failures stay failures. */
    public static final Fallbacks NONE = Settings.read(Fallbacks.class, null).orThrow();

    public Fallbacks {
        instead = List.copyOf(instead);
        on = List.copyOf(on);
    }

    /** A failure. */
    public enum On {
        UNREACHABLE("unreachable"),
        BROKEN("broken"),
        TIMEOUT("timeout"),
        CIRCUIT_OPEN("circuit-open"),
        FULL("full"),
        S404("404"),
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

    /** Those it names, by where: {@code instead[0].service.service}. */
    Map<String, String> services() {
        var services = new LinkedHashMap<String, String>();
        for (int i = 0; i < instead.size(); i++) {
            if (instead.get(i) instanceof OtherService(var name)) {
                services.put("instead[" + i + "].service.service", name);
            }
        }
        return services;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < instead.size() - 1; i++) {
            if (instead.get(i) instanceof Reply) {
                problems.add(
                        new Problem("instead[" + (i + 1) + "]", "Is never reached: a fixed reply always answers."));
            }
        }
        if (instead.stream().filter(LastAnswer.class::isInstance).count() > 1) {
            problems.add(new Problem("instead", "Only one of them can be the last good answer."));
        }
        if (instead.isEmpty() && !on.isEmpty()) {
            problems.add(new Problem("on", "Nothing is answered instead; say what."));
        }
        return problems;
    }
}
