package dev.gatehouse.db.settings;

import java.util.List;

/**
 * What is wrong with an input and the rule it breaks.
 *
 * @param path where, as written: {@code match.path}, {@code policies[0].rate-limit.requests}; empty for the whole
 * @param message a sentence without the path
 */
public record Problem(String path, String message) {

    /** The same problem seen from one level up. */
    public Problem under(String parent) {
        return new Problem(join(parent, path), message);
    }

    static String join(String parent, String child) {
        if (parent.isEmpty() || child.isEmpty()) {
            return parent + child;
        }
        return child.startsWith("[") ? parent + child : parent + "." + child;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }

    /** Thrown where a caller had promised a good input. */
    public static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<Problem> problems;

        public Found(List<Problem> problems) {
            super(String.join("; ", problems.stream().map(Problem::toString).toList()));
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }
}
