package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The rules between things: what no single record can know. */
public final class SnapshotRules {

    private SnapshotRules() {}

    /**
     * Every rule the snapshot breaks.
     *
     * @return problems with paths such as {@code routes.users-api.forward.service}
     */
    public static List<Problem> check(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        var byPath = new HashMap<String, List<String>>();
        snapshot.routes().forEach((name, route) -> {
            var at = "routes." + name + ".";
            var service = route.forward().service();
            if (!snapshot.services().containsKey(service)) {
                problems.add(new Problem(at + "forward.service", "There is no service '" + service + "'."));
            }
            var others = byPath.computeIfAbsent(route.match().path(), _ -> new ArrayList<>());
            for (var other : others) {
                var rival = snapshot.routes().get(other);
                if (rival != null && rival.match().collidesWith(route.match())) {
                    problems.add(taken(name, other, route.match()));
                    problems.add(taken(other, name, route.match()));
                }
            }
            others.add(name);
        });
        return problems;
    }

    /** Told of both routes, so that whichever is being edited shows it beside its field. */
    private static Problem taken(String route, String by, Match match) {
        return new Problem(
                "routes." + route + ".match.path",
                "Route '" + by + "' already takes " + match.path() + "; a path may be taken once for each method.");
    }
}
