package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Publication;
import java.util.List;

/** The answer is no, for reasons of one line each. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<String> lines;

    Refused(List<String> lines) {
        super(String.join(" ", lines));
        this.lines = List.copyOf(lines);
    }

    Refused(String line) {
        this(List.of(line));
    }

    static Refused because(Publication.Refused refused) {
        return new Refused(refused.problems().stream().map(Problem::message).toList());
    }

    static Refused because(Publication.Conflict conflict) {
        return new Refused(
                List.of(conflict.sentence(), "Nothing was saved. Look at the current state with: gatehouse export"));
    }

    List<String> lines() {
        return lines;
    }
}
