package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.List;

/** The rules between routes, APIs, client types and consumers: each one that is named is there. */
final class RecognitionRules {

    private RecognitionRules() {}

    static List<Problem> check(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        snapshot.routes().forEach((name, route) -> {
            var at = "routes." + name + ".match.";
            problems.addAll(version(name, route.match(), snapshot));
            problems.addAll(missing(at + "clients", route.match().clients(), Kind.CLIENT_TYPE, snapshot));
        });
        snapshot.clientTypes().forEach((name, type) -> {
            for (int i = 0; i < type.recognisedBy().size(); i++) {
                if (type.recognisedBy().get(i) instanceof ClientSign.ByConsumer by) {
                    var at = "client-types." + name + ".recognised-by[" + i + "].consumer.consumers";
                    problems.addAll(missing(at, by.consumers(), Kind.CONSUMER, snapshot));
                }
            }
        });
        return problems;
    }

    /** Told of route and API, so that whichever is being edited shows it. */
    private static List<Problem> version(String route, Match match, Snapshot snapshot) {
        if (match.api().isEmpty()) {
            return List.of();
        }
        var api = snapshot.apis().get(match.api());
        if (api == null) {
            return List.of(new Problem("routes." + route + ".match.api", "There is no API '" + match.api() + "'."));
        }
        if (match.version().isEmpty() || api.version(match.version()).isPresent()) {
            return List.of();
        }
        var names =
                String.join(", ", api.versions().stream().map(ApiVersion::name).toList());
        return List.of(
                new Problem(
                        "routes." + route + ".match.version",
                        "API '" + match.api() + "' has no version '" + match.version() + "'; there are " + names + "."),
                new Problem(
                        "apis." + match.api() + ".versions",
                        "Route '" + route + "' takes version '" + match.version()
                                + "'; delete or change that route first."));
    }

    private static List<Problem> missing(String at, List<String> names, Kind kind, Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < names.size(); i++) {
            if (snapshot.find(kind, names.get(i)).isEmpty()) {
                problems.add(
                        new Problem(at + "[" + i + "]", "There is no " + kind.words() + " '" + names.get(i) + "'."));
            }
        }
        return problems;
    }
}
