package dev.gatehouse.console.key;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.live.KeyCalls.Usage;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyUse;
import dev.gatehouse.db.store.KeyQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One key.
 *
 * @param usage how it is used just now; empty while Redis does not answer
 * @param now when it was looked at
 */
record KeyRow(ApiKey key, Optional<Usage> usage, Instant now) {

    String id() {
        return key.id();
    }

    String name() {
        return key.name();
    }

    KeyState state() {
        return key.state(now);
    }

    private Optional<Duration> left() {
        return key.expiresAt().map(end -> Duration.between(now, end));
    }

    private boolean endsSoon() {
        return state() == KeyState.IN_FORCE
                && left().filter(rest -> rest.compareTo(KeyQuery.SOON) < 0).isPresent();
    }

    private boolean opensNothing() {
        return state() == KeyState.IN_FORCE && key.terms().opensNothing();
    }

    Level level() {
        if (endsSoon() || state() == KeyState.EARLY || opensNothing()) {
            return Level.ATTENTION;
        }
        return state() == KeyState.IN_FORCE ? Level.GOOD : Level.UNKNOWN;
    }

    String word() {
        if (endsSoon()) {
            return (key.replacedBy().isPresent() ? "replaced, ends in " : "expires in ")
                    + Figures.age(left().orElseThrow());
        }
        if (opensNothing()) {
            return "no route left";
        }
        return state() == KeyState.EARLY
                ? "valid in "
                        + Figures.age(Duration.between(now, key.notBefore().orElse(now)))
                : state().toString();
    }

    /** The last use that is known: to the second of the last days, else to the hour. */
    Optional<Instant> lastUsed() {
        var live = usage.flatMap(Usage::last);
        var kept = key.lastUse().map(KeyUse::at);
        return live.filter(at -> kept.filter(at::isBefore).isEmpty()).or(() -> kept);
    }

    /** Such as {@code 12 s ago}. */
    String used() {
        return lastUsed()
                .map(at -> Figures.age(Duration.between(at, now)) + " ago")
                .orElse("never");
    }

    private String from() {
        return usage.map(Usage::address)
                .filter(address -> !address.isEmpty())
                .or(() -> key.lastUse().map(KeyUse::address))
                .map(address -> " from " + address)
                .orElse("");
    }

    /** Such as {@code Used 12 s ago from 192.0.2.7, 1 204 calls today.} */
    String told() {
        if (lastUsed().isEmpty()) {
            return "It was never used.";
        }
        return "Used " + used() + from()
                + usage.map(known -> ", " + calls(known.today()) + " today").orElse("") + ".";
    }

    String today() {
        return usage.map(known -> Figures.count(known.today())).orElse(Figures.NONE);
    }

    static String calls(long count) {
        return count == 1 ? "1 call" : Figures.count(count) + " calls";
    }
}
