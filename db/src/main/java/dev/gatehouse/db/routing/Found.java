package dev.gatehouse.db.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of looking for a request's route. */
public sealed interface Found<T> {

    /** A route takes it. */
    final class Taken<T> implements Found<T> {

        private final Filed<T> filed;
        private final String path;

        Taken(Filed<T> filed, String path) {
            this.filed = filed;
            this.path = path;
        }

        public String name() {
            return filed.name();
        }

        public T thing() {
            return filed.thing();
        }

        public boolean hasParameters() {
            return !filed.criteria().path().names().isEmpty();
        }

        /** What a parameter of its path stands for, as it stands in the canonical path; null when there is none of that name. */
        public @Nullable String parameter(String name) {
            return filed.criteria().path().parameter(path, name);
        }
    }

    /**
     * The same request would be taken with another method.
     *
     * @param allowed all of those
     */
    record MethodNotAllowed<T>(List<String> allowed) implements Found<T> {}

    /** Nothing takes it, with no method. */
    record NoRoute<T>() implements Found<T> {}
}
