package dev.gatehouse.console.entity;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Saving;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks of publishing, made while somebody types. */
final class Rules {

    private Rules() {}

    /** What is wrong with a thing if it were published under that name, with paths relative to it. */
    static List<Problem> check(Kind kind, String name, Map<String, Object> plain, Snapshot now, Saving saving) {
        var reading = Settings.read(kind.type(), plain);
        if (!(reading.value() instanceof Entity entity)) {
            return reading.problems();
        }
        var problems = new ArrayList<Problem>(
                saving.of(name, entity, now.find(kind, name)).problems());
        problems.addAll(saving.introduced(now, now.with(name, entity)));
        return own(kind, name, problems);
    }

    static Optional<String> name(Kind kind, String name, Snapshot now) {
        if (name.isEmpty()) {
            return Optional.of("A name must be given: " + Format.NAME.rule() + ".");
        }
        return Format.NAME.problem(name).or(() -> now.find(kind, name).map(_ -> taken(kind, name)));
    }

    static String taken(Kind kind, String name) {
        return "There is already " + (kind == Kind.API ? "an " : "a ") + kind.words() + " '" + name
                + "'; choose another name.";
    }

    /** Those of the problems that concern the thing, with paths relative to it. */
    static List<Problem> own(Kind kind, String name, List<Problem> problems) {
        var prefix = kind + "s." + name;
        return problems.stream()
                .filter(problem ->
                        problem.path().equals(prefix) || problem.path().startsWith(prefix + "."))
                .map(problem -> new Problem(
                        problem.path()
                                .substring(Math.min(
                                        prefix.length() + 1, problem.path().length())),
                        problem.message()))
                .toList();
    }
}
