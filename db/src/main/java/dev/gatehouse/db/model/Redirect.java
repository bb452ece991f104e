package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.QueryValue;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** The client is told to ask elsewhere. */
@Named(
        value = "redirect",
        label = "Redirect",
        help = "Clients are told to ask elsewhere. What is left out stays as they asked for it.")
public record Redirect(
        @Setting(label = "Scheme", help = "That of the request (keep), or another one.", fallback = "keep")
        Scheme scheme,

        @Setting(label = "Host", help = "Empty: the host of the request.", optional = true, format = Format.HOST)
        String host,

        @Setting(
                label = "Port",
                help =
                        "Behind the host. 0: the usual one of the scheme where a scheme is set, else the port of the request.",
                fallback = "0",
                min = "0",
                max = "65535")
        long port,

        @Setting(
                label = "Path",
                help =
                        "Such as /v2/users/{id} with parameters of the route's path; /users/** appends what lies beneath it. Empty: the path stays.",
                optional = true,
                format = Format.PATH_REWRITE)
        String path,

        @Setting(
                label = "Keep the query",
                help = "The query of the request is part of the new address.",
                fallback = "true")
        boolean keepQuery,

        @Setting(
                label = "Set query parameters",
                help =
                        "Each replaces all of its name in the query that is kept; a value may hold {id} for a parameter of the path.",
                max = "50")
        List<QueryValue> setQuery,

        @Setting(
                label = "Status",
                help =
                        "For good 301 and 308, for now 302 and 307, to be fetched with GET 303. After 301 and 302 many clients turn POST into GET; after 307 and 308 the method stays.",
                fallback = "302")
        Status status)
        implements Ending, Checked {

    public Redirect {
        setQuery = List.copyOf(setQuery);
    }

    /** Of the new address. */
    public enum Scheme {
        KEEP("keep"),
        HTTP("http"),
        HTTPS("https");

        private final String written;

        Scheme(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** RFC 9110, 15.4. */
    public enum Status {
        MOVED(301),
        FOUND(302),
        SEE_OTHER(303),
        TEMPORARY(307),
        PERMANENT(308);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        @Override
        public String toString() {
            return Integer.toString(code);
        }
    }

    @Override
    public List<Problem> problems() {
        boolean same = scheme == Scheme.KEEP
                && host.isEmpty()
                && port == 0
                && path.isEmpty()
                && keepQuery
                && setQuery.isEmpty();
        return same
                ? List.of(
                        new Problem("", "A redirect must change something; this one leads back to where it came from."))
                : QueryValue.twice("set-query", setQuery);
    }
}
