package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.store.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The changes of a revision, as people read them. */
final class Summary {

    private static final String KEY = "key";

    private Summary() {}

    /** {@code 2 added, 1 changed, 1 key issued}. */
    static String counts(List<Change> changes) {
        var parts = new ArrayList<String>();
        for (var action : Change.Action.values()) {
            long things = count(changes, action, false);
            if (things > 0) {
                parts.add(things
                        + switch (action) {
                            case CREATE -> " added";
                            case UPDATE -> " changed";
                            case DELETE -> " deleted";
                        });
            }
        }
        for (var action : Change.Action.values()) {
            long keys = count(changes, action, true);
            if (keys > 0) {
                parts.add(keys + (keys == 1 ? " key " : " keys ") + verb(action));
            }
        }
        return String.join(", ", parts);
    }

    private static long count(List<Change> changes, Change.Action action, boolean keys) {
        return changes.stream()
                .filter(change -> change.action() == action && change.kind().equals(KEY) == keys)
                .count();
    }

    private static String verb(Change.Action action) {
        return switch (action) {
            case CREATE -> "issued";
            case UPDATE -> "changed";
            case DELETE -> "revoked";
        };
    }

    /** A line for each thing, with every changed setting beneath it. */
    static List<String> lines(List<Change> changes) {
        var lines = new ArrayList<String>();
        for (var change : changes) {
            lines.add(switch (change.action()) {
                        case CREATE -> "  + ";
                        case UPDATE -> "  ~ ";
                        case DELETE -> "  - ";
                    }
                    + change.kind() + " " + change.name());
            if (change.action() == Change.Action.UPDATE) {
                Difference.between(
                                change.before().orElse(Map.of()), change.after().orElse(Map.of()))
                        .forEach(difference -> lines.add("      " + difference));
            }
        }
        return lines;
    }
}
