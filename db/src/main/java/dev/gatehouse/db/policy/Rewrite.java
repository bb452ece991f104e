package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** Changes what a service is asked for. */
@Named(
        value = "rewrite",
        label = "Rewrite",
        help = "Changes the path, the query and the host that the service is asked for.")
public record Rewrite(
        @Setting(
                label = "Path",
                help =
                        "The path at the service: /v1/users/{id} with parameters of the route's path; /users/** appends what lies beneath it. Empty: the path stays.",
                optional = true,
                format = Format.PATH_REWRITE)
        String path,

        @Setting(
                label = "Set query parameters",
                help = "Each replaces all of its name, or is added. A value may hold {id} for a parameter of the path.",
                max = "50")
        List<QueryValue> setQuery,

        @Setting(label = "Remove query parameters", help = "Names of parameters that are left out.", max = "50")
        List<String> removeQuery,

        @Setting(
                label = "Host",
                help =
                        "What the service is told as Host: its target's own, the one the client asked for, or the name below.",
                fallback = "target")
        Host host,

        @Setting(label = "Host name", help = "Where Host is 'named'.", optional = true, format = Format.HOST)
        String hostName)
        implements Policy, Checked {

    public Rewrite {
        setQuery = List.copyOf(setQuery);
        removeQuery = List.copyOf(removeQuery);
    }

    /** Whose name the service is asked by. */
    public enum Host {
        TARGET("target"),
        CLIENT("client"),
        NAMED("named");

        private final String written;

        Host(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<>(QueryValue.twice("set-query", setQuery));
        for (int i = 0; i < removeQuery.size(); i++) {
            var name = removeQuery.get(i);
            if (setQuery.stream().anyMatch(set -> set.name().equals(name))) {
                problems.add(new Problem("remove-query[" + i + "]", "'" + name + "' is set by this policy, too."));
            }
        }
        if (host == Host.NAMED && hostName.isEmpty()) {
            problems.add(new Problem("host-name", "Must be given where the host is 'named'."));
        }
        if (host != Host.NAMED && !hostName.isEmpty()) {
            problems.add(new Problem("host-name", "Is used only where the host is 'named'."));
        }
        return problems;
    }
}
