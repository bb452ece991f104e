package dev.gatehouse.db.store;

import java.util.Map;
import java.util.Optional;

/**
 * What a revision did to one thing.
 *
 * @param kind {@code service}, {@code route}, {@code consumer}, {@code certificate}, {@code api}, {@code client-type} or {@code key}
 * @param name for a key {@code consumer/name}
 * @param before settings as written; empty for a creation
 * @param after settings as written; empty for a deletion
 */
public record Change(
        String kind,
        String name,
        Action action,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after) {

    /** What was done. */
    public enum Action {
        CREATE("create"),
        UPDATE("update"),
        DELETE("delete");

        private final String written;

        Action(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }
}
