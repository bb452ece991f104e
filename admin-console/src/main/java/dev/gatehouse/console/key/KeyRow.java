package dev.gatehouse.console.key;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.model.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One key.
 *
 * @param siblings names of the consumer's other keys in force
 */
record KeyRow(ApiKey key, State state, Level level, String word, List<String> siblings) {

    /** Whether a key is accepted. */
    enum State {
        IN_FORCE("in force"),
        EXPIRED("expired"),
        REVOKED("revoked");

        private final String written;

        State(String written) {
            this.written = written;
        }

        static List<String> all() {
            return Arrays.stream(values()).map(State::toString).toList();
        }

        @Override
        public String toString() {
            return written;
        }
    }

    private static final Duration SOON = Duration.ofDays(14);

    /** Those in force first, the newest first among them. */
    static List<KeyRow> of(List<ApiKey> keys, Instant now) {
        var inForce = keys.stream()
                .filter(key -> state(key, now) == State.IN_FORCE)
                .collect(
                        Collectors.groupingBy(ApiKey::consumer, Collectors.mapping(ApiKey::name, Collectors.toList())));
        return keys.stream()
                .map(key -> of(key, now, inForce.getOrDefault(key.consumer(), List.of())))
                .sorted(Comparator.comparing(KeyRow::state))
                .toList();
    }

    private static KeyRow of(ApiKey key, Instant now, List<String> inForce) {
        var siblings = inForce.stream().filter(name -> !name.equals(key.name())).toList();
        var state = state(key, now);
        var left = key.expiresAt().map(end -> Duration.between(now, end));
        boolean soon = state == State.IN_FORCE
                && left.filter(rest -> rest.compareTo(SOON) < 0).isPresent();
        var level = soon ? Level.ATTENTION : state == State.IN_FORCE ? Level.GOOD : Level.UNKNOWN;
        return new KeyRow(
                key, state, level, soon ? "expires in " + Figures.age(left.orElseThrow()) : state.toString(), siblings);
    }

    private static State state(ApiKey key, Instant now) {
        if (key.revokedAt().isPresent()) {
            return State.REVOKED;
        }
        return key.expiresAt().filter(end -> !end.isAfter(now)).isPresent() ? State.EXPIRED : State.IN_FORCE;
    }

    String id() {
        return key.id();
    }

    String name() {
        return key.name();
    }

    String searched() {
        return String.join(" ", key.name(), key.consumer(), key.id(), word);
    }
}
