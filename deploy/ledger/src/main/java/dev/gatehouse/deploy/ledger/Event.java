package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.settings.Spans;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in the middle of a run, written {@code 30s:kill=2} or {@code 1m:redis-away=20s}.
 *
 * @param at from the run's beginning
 * @param node which, from 1; 0 where the action is not about one
 * @param time how long it lasts; zero where the action does not say
 */
record Event(Duration at, Action action, int node, Duration time) {

    private enum Takes {
        NOTHING,
        NODE,
        TIME
    }

    enum Action {
        KILL(Takes.NODE, "kill -9 of a node"),
        START(Takes.NODE, "starts it again"),
        PAUSE(Takes.NODE, "SIGSTOP"),
        RESUME(Takes.NODE, "SIGCONT"),
        RESTART(Takes.NODE, "SIGTERM, and starts it again once it has ended"),
        ADD(Takes.NOTHING, "one more node"),
        FLUSHALL(Takes.NOTHING, "Redis forgets everything"),
        REDIS_RESTART(Takes.NOTHING, "kill -9 of a Redis that keeps nothing, and a new one"),
        REDIS_ROLLBACK(Takes.TIME, "kill -9 of Redis, and a new one with what it had that long before"),
        REDIS_AWAY(Takes.TIME, "Redis is gone for that long: connections are refused"),
        REDIS_HANGS(Takes.TIME, "Redis is stopped for that long: it says nothing and forgets nothing"),
        REDIS_BLACK_HOLE(Takes.TIME, "the same, and who connects is not answered either"),
        POSTGRES_AWAY(Takes.TIME, "PostgreSQL is gone for that long");

        private final Takes takes;
        private final String meaning;

        Action(Takes takes, String meaning) {
            this.takes = takes;
            this.meaning = meaning;
        }

        /** Whether Redis counts less for it than there was. */
        boolean ofRedis() {
            return this == FLUSHALL || name().startsWith("REDIS");
        }

        /** Whether a node may end in the middle of an answer. */
        boolean ofNodes() {
            return takes == Takes.NODE;
        }

        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** How it is written, and what it does. */
        String help() {
            var value = switch (takes) {
                case NOTHING -> "";
                case NODE -> "=NODE";
                case TIME -> "=TIME";
            };
            return written() + value + ": " + meaning;
        }
    }

    private static final Pattern WRITTEN = Pattern.compile("([0-9a-z]+):([a-z-]+)(?:=([0-9a-z]+))?");
    private static final Pattern NODE = Pattern.compile("[1-9][0-9]?");

    /** @throws IllegalArgumentException with the rule that the text breaks */
    static Event read(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' must look like 30s:kill=2 or 1m:flushall");
        }
        var action = action(match.group(2));
        var value = match.group(3);
        return switch (action.takes) {
            case NOTHING -> {
                if (value != null) {
                    throw new IllegalArgumentException(action.written() + " takes no value, so not '" + value + "'");
                }
                yield new Event(time(match.group(1)), action, 0, Duration.ZERO);
            }
            case NODE -> new Event(time(match.group(1)), action, node(action, value), Duration.ZERO);
            case TIME -> new Event(time(match.group(1)), action, 0, time(value == null ? "" : value));
        };
    }

    private static Action action(String written) {
        for (var action : Action.values()) {
            if (action.written().equals(written)) {
                return action;
            }
        }
        throw new IllegalArgumentException("there is no event '" + written + "'");
    }

    private static int node(Action action, @Nullable String value) {
        if (value == null || !NODE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    action.written() + " needs the number of a node, such as " + action.written() + "=2");
        }
        return Integer.parseInt(value);
    }

    private static Duration time(String text) {
        return Spans.read(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' must be a time such as 500ms, 30s or 1m"));
    }

    @Override
    public String toString() {
        return action.written() + (node > 0 ? " " + node : "") + (time.isZero() ? "" : " for " + Spans.write(time));
    }
}
