package dev.gatehouse.console.live;

import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Duration;
import java.util.Optional;

/**
 * The answer to "is my change live?".
 *
 * @param brief for small screens, such as {@code rev 42 · 3/3}
 * @param text a few words, such as {@code rev 42 · 3/3 nodes}
 * @param reason a sentence
 */
public record Convergence(Level level, String brief, String text, String reason) {

    /** For how long a node may lag behind before that is worth a warning colour. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How well things are. */
    public enum Level {
        UNKNOWN,
        GOOD,
        ATTENTION,
        BAD
    }

    public static Convergence of(Reading<Fleet> reading) {
        if (reading.waiting()) {
            return new Convergence(Level.UNKNOWN, "asking", "asking", "The nodes have not been asked yet.");
        }
        if (reading.value().isEmpty() || reading.stale()) {
            return new Convergence(
                    Level.BAD,
                    "database away",
                    "database away",
                    "PostgreSQL does not answer (" + reading.trouble() + ").");
        }
        return of(reading.value().get(), Duration.between(reading.value().get().since(), reading.asked()));
    }

    private static Convergence of(Fleet fleet, Duration sinceChange) {
        var revision = "rev " + fleet.version().revision();
        var nodes = fleet.nodes();
        if (nodes.isEmpty()) {
            return new Convergence(
                    Level.UNKNOWN,
                    revision,
                    revision + " · no nodes",
                    "No gateway node has reported to this database yet.");
        }
        var share = fleet.current() + "/" + nodes.size();
        var brief = revision + " · " + share;
        var trouble = nodes.stream()
                .flatMap(node -> trouble(node, fleet, sinceChange).stream())
                .findFirst();
        if (trouble.isPresent()) {
            long troubled = nodes.stream()
                    .filter(node -> trouble(node, fleet, sinceChange).isPresent())
                    .count();
            return new Convergence(
                    Level.BAD,
                    brief,
                    brief + " · " + (troubled == 1 ? trouble.get().inShort() : troubled + " nodes in trouble"),
                    trouble.get().sentence());
        }
        if (fleet.current() < nodes.size()) {
            return new Convergence(
                    Level.ATTENTION,
                    revision + " → " + share,
                    revision + " → " + share,
                    "Revision " + fleet.version().revision() + " is on its way to " + (nodes.size() - fleet.current())
                            + " more.");
        }
        return new Convergence(
                Level.GOOD,
                brief,
                brief + " nodes",
                "Every node serves revision " + fleet.version().revision() + ".");
    }

    private record Trouble(String inShort, String sentence) {}

    private static Optional<Trouble> trouble(Known node, Fleet fleet, Duration sinceChange) {
        var name = node.report().name();
        if (!node.serving()) {
            return Optional.of(
                    new Trouble(name + " silent", name + " has been silent for " + Figures.age(node.age()) + "."));
        }
        if (!node.report().problems().isEmpty()) {
            return Optional.of(new Trouble(
                    name + " reports a problem",
                    name + ": " + node.report().problems().getFirst()));
        }
        if (!node.has(fleet.version()) && sinceChange.compareTo(PATIENCE) > 0) {
            return Optional.of(new Trouble(
                    name + " lags behind",
                    name + " still does not serve revision " + fleet.version().revision() + "."));
        }
        return Optional.empty();
    }
}
