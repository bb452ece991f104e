package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.net.URI;

/** Where a service answers: an address, or a name that may stand for several. */
@Shorthand("url")
public record Target(
        @Setting(
                label = "URL",
                help =
                        "Scheme, host and port, such as http://10.0.0.7:8080. All addresses of a name are used, and followed as they change.",
                format = Format.ORIGIN_URL)
        String url,

        @Setting(
                label = "Weight",
                rare = true,
                help = "Its part of the requests, beside the other targets' weights. A name's addresses share it.",
                fallback = "1",
                min = "1",
                max = "1000")
        long weight,

        @Setting(
                label = "Priority",
                rare = true,
                help =
                        "Targets of priority 0 take the requests. As they fail, those of the next priority take over what is missing.",
                fallback = "0",
                min = "0",
                max = "9")
        long priority,

        @Setting(
                label = "State",
                rare = true,
                help =
                        "Active; drained: only callers that stick to it are still sent there; held: nobody is, and it is not checked. What runs there ends in peace.",
                fallback = "active")
        State state,

        @Setting(
                label = "SRV name",
                rare = true,
                help =
                        "A name whose SRV records give hosts and ports, such as _http._tcp.users.internal. The URL's host is then only what targets are told and recognised by.",
                optional = true,
                format = Format.HOST)
        String srv) {

    /** By hand, on all nodes at once. */
    public enum State {
        ACTIVE("active"),
        DRAINED("drained"),
        HELD("held");

        private final String written;

        State(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** Active, of the usual weight and priority. */
    public Target(String url) {
        this(url, 1, 0, State.ACTIVE, "");
    }

    /** Scheme, host and perhaps port. */
    public URI origin() {
        return URI.create(url);
    }

    /** What no two targets of a service share. */
    public String identity() {
        return srv.isEmpty() ? url : url + " (SRV " + srv + ")";
    }

    public Target in(State other) {
        return new Target(url, weight, priority, other, srv);
    }
}
