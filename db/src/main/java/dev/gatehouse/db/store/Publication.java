package dev.gatehouse.db.store;

import dev.gatehouse.db.settings.Problem;
import java.time.Instant;
import java.util.List;

/** What came of publishing. */
public sealed interface Publication {

    /** Done: this is what nodes will serve. */
    record Published(long revision, List<Change> changes) implements Publication {}

    /** Nothing differed, so nothing was written. */
    record Unchanged(long revision) implements Publication {}

    /**
     * A rule is broken; nothing was written.
     *
     * @param problems paths begin with the thing: {@code routes.users-api.match.path}
     */
    record Refused(List<Problem> problems) implements Publication {}

    /**
     * Somebody else changed the thing since the author saw it; nothing was written.
     *
     * @param author who changed it, when, with which revision
     * @param changes what they changed of it, oldest first
     */
    record Conflict(String kind, String name, String author, Instant at, long revision, List<Change> changes)
            implements Publication {

        /** As one sentence. */
        public String sentence() {
            return author + " changed " + kind + " '" + name + "' in revision " + revision
                    + " while you were editing it.";
        }
    }
}
