package dev.gatehouse.db.policy;

import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets browsers call from pages of other origins: the CORS protocol of the Fetch standard. */
@Named(
        value = "cors",
        label = "Cross-origin requests (CORS)",
        help =
                "Lets browsers call from pages of other origins. Preflight requests are answered here, before any key is asked for.")
public record Cors(
        @Setting(
                label = "Origins",
                help =
                        "Whose pages may call: https://app.example.com, https://*.example.com for every host beneath, or * for all.",
                min = "1",
                max = "200",
                format = Format.ORIGIN_PATTERN)
        List<String> origins,

        @Setting(label = "Methods", help = "What they may ask for. Empty: every method that the route takes.")
        List<Method> methods,

        @Setting(
                label = "Request headers",
                help = "Headers that they may send, beside those that are always allowed. * for all.",
                max = "100",
                format = Format.HEADER_NAME)
        List<String> headers,

        @Setting(
                label = "Exposed headers",
                help =
                        "Headers of the answer that their scripts may read, beside those that are always visible. * for all.",
                max = "100",
                format = Format.HEADER_NAME)
        List<String> expose,

        @Setting(
                label = "Credentials",
                help = "Browsers send cookies and other credentials along. Not with origin *.",
                fallback = "false")
        boolean credentials,

        @Setting(
                label = "Remembered for",
                help =
                        "How long a browser keeps the answer to a preflight request; most keep it for at most two hours.",
                fallback = "10m",
                min = "0s",
                max = "1d")
        Duration maxAge)
        implements Policy, Checked {

    /** Any origin, any header. */
    public static final String ANY = "*";

    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        int any = origins.indexOf(ANY);
        if (credentials && any >= 0) {
            problems.add(new Problem(
                    "origins[" + any + "]",
                    "With credentials, * would let every page on the web act as its visitor; name the origins."));
        }
        if (credentials && expose.contains(ANY)) {
            problems.add(new Problem(
                    "expose[" + expose.indexOf(ANY) + "]",
                    "With credentials, browsers take * for a header of that name; name the headers."));
        }
        return problems;
    }
}
