package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** How each node asks a service's targets by itself whether they are well, once for all routes. */
public record HealthCheck(
        @Setting(
                label = "Kind",
                help =
                        "What is asked. none: only what becomes of requests is looked at. http: a request that must be answered as below. tcp: a connection that must come about, TLS included. grpc: the health service of gRPC, over HTTP/2.",
                fallback = "none")
        Kind kind,

        @Setting(
                label = "Path",
                help = "What is asked for, with a query perhaps.",
                fallback = "/",
                max = "1000",
                format = Format.PATH_AND_QUERY)
        String path,

        @Setting(label = "Method", help = "A HEAD has no body to look at.", fallback = "GET")
        Asking method,

        @Setting(
                label = "Good answers",
                help = "What a healthy target answers: 200, or a range such as 200-299. Empty: 200-299.",
                optional = true,
                max = "20",
                format = Format.STATUS_RANGE)
        List<String> statuses,

        @Setting(
                label = "Body contains",
                help = "A text that must be among the first 64 KiB of the answer. Empty: any.",
                optional = true,
                max = "500")
        String body,

        @Setting(
                label = "Host",
                help = "The Host that is asked for. Empty: the target's.",
                optional = true,
                format = Format.HOST)
        String host,

        @Setting(
                label = "Service",
                help = "Which gRPC service's health is asked for. Empty: that of the server.",
                optional = true,
                max = "200")
        String grpcService,

        @Setting(
                label = "Port",
                help = "Where the target is asked. 0: where it takes requests.",
                fallback = "0",
                min = "0",
                max = "65535")
        long port,

        @Setting(
                label = "Interval",
                help = "From one check to the next, by each node.",
                fallback = "5s",
                min = "100ms",
                max = "1h")
        Duration interval,

        @Setting(
                label = "Jitter",
                help = "By how much an interval may be longer or shorter, so that nodes do not ask together.",
                fallback = "20",
                min = "0",
                max = "100",
                unit = "%")
        long jitter,

        @Setting(
                label = "Timeout",
                help = "How long the whole check may take.",
                fallback = "2s",
                min = "10ms",
                max = "1m")
        Duration timeout,

        @Setting(
                label = "Unhealthy after",
                help = "Failed checks in a row until a target gets no requests.",
                fallback = "3",
                min = "1",
                max = "100",
                unit = "checks")
        long unhealthyAfter,

        @Setting(
                label = "Healthy after",
                help = "Passed checks in a row until it gets requests again. The first check of all decides alone.",
                fallback = "2",
                min = "1",
                max = "100",
                unit = "checks")
        long healthyAfter)
        implements Checked {

    public HealthCheck {
        statuses = List.copyOf(statuses);
    }

    /** What holds where nothing is written. */
    public static final HealthCheck NONE =
            Settings.read(HealthCheck.class, null).orThrow();

    /** What is done to learn of it. */
    public enum Kind {
        NONE("none"),
        HTTP("http"),
        TCP("tcp"),
        GRPC("grpc");

        private final String written;

        Kind(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** The methods that change nothing. */
    public enum Asking {
        GET,
        HEAD
    }

    /** Is that what a healthy target answers? */
    public boolean expects(int status) {
        if (statuses.isEmpty()) {
            return status / 100 == 2;
        }
        for (var range : statuses) {
            int first = Integer.parseInt(range.substring(0, 3));
            int last = range.length() == 3 ? first : Integer.parseInt(range.substring(4));
            if (status >= first && status <= last) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Problem> problems() {
        return method == Asking.HEAD && !body.isEmpty()
                ? List.of(new Problem("body", "The answer to HEAD has no body."))
                : List.of();
    }
}
