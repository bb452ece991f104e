package dev.gatehouse.console.revision;

import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.History.Revision;
import java.util.stream.Collectors;

/** One revision. */
record RevisionRow(Revision revision) {

    private static final int NAMED = 2;

    String number() {
        return String.valueOf(revision.revision());
    }

    /** What it did, in a few words. */
    String summary() {
        var changes = revision.changes();
        var named = changes.stream().limit(NAMED).map(RevisionRow::words).collect(Collectors.joining(", "));
        return changes.size() <= NAMED ? named : named + " and " + (changes.size() - NAMED) + " more";
    }

    private static String words(Change change) {
        return Differences.verb(change) + " " + change.kind() + " " + change.name();
    }

    String searched() {
        return number() + " " + revision.author() + " " + revision.reason() + " "
                + revision.changes().stream().map(RevisionRow::words).collect(Collectors.joining(" "));
    }
}
