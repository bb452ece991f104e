package dev.gatehouse.db.store;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import java.time.Instant;
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

    /** A key that is for something else, or from or until another moment. */
    public static Change of(ApiKey before, ApiKey after) {
        return new Change(
                "key",
                after.consumer() + "/" + after.name(),
                Action.UPDATE,
                Optional.of(KeyRows.plain(before)),
                Optional.of(KeyRows.plain(after)));
    }

    /** A key that is not issued yet, and so has no id. */
    public static Change issued(String path, KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt) {
        var plain = KeyRows.plain("", terms, notBefore, expiresAt);
        plain.remove("id");
        return new Change("key", path, Action.CREATE, Optional.empty(), Optional.of(plain));
    }

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
