package dev.gatehouse.console.publish;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a revision has come.
 *
 * @param done does every node serve it that can be expected to?
 */
record Progress(Level level, String sentence, boolean done) {

    static Progress published(long revision) {
        return new Progress(Level.ATTENTION, "Revision " + revision + " is published; asking the nodes.", false);
    }

    /** @param publishedAt on the database's clock */
    static Progress of(long revision, Optional<Instant> publishedAt, Fleet fleet) {
        var version = new Version(fleet.version().epoch(), revision);
        if (fleet.version().revision() < revision) {
            return published(revision);
        }
        var nodes = fleet.nodes();
        if (nodes.isEmpty()) {
            return new Progress(
                    Level.UNKNOWN, "Revision " + revision + " is published. No gateway node has reported yet.", true);
        }
        var serving = nodes.stream().filter(Known::serving).toList();
        long live = serving.stream().filter(node -> node.has(version)).count();
        var sentence = "Revision " + revision + " live on " + live + " of " + nodes.size()
                + (nodes.size() == 1 ? " node" : " nodes");
        if (live < serving.size()) {
            return new Progress(Level.ATTENTION, sentence, false);
        }
        if (live < nodes.size()) {
            return new Progress(Level.ATTENTION, sentence + ". " + silent(nodes), true);
        }
        return new Progress(
                Level.GOOD,
                sentence
                        + took(version, publishedAt, nodes)
                                .map(time -> " (" + time + ")")
                                .orElse(""),
                true);
    }

    private static String silent(List<Known> nodes) {
        var names = nodes.stream()
                .filter(node -> !node.serving())
                .map(node -> node.report().name())
                .toList();
        return String.join(", ", names) + (names.size() == 1 ? " is silent." : " are silent.");
    }

    /** Until the slowest node had it; unknown once one of them serves a later revision. */
    private static Optional<String> took(Version version, Optional<Instant> publishedAt, List<Known> nodes) {
        if (publishedAt.isEmpty() || nodes.stream().anyMatch(node -> !serves(node, version))) {
            return Optional.empty();
        }
        return nodes.stream()
                .flatMap(node -> node.appliedAt().stream())
                .max(Instant::compareTo)
                .map(last -> Duration.between(publishedAt.get(), last).toMillis())
                .filter(millis -> millis >= 0)
                .map(millis -> String.format(Locale.ROOT, "%.1f s", millis / 1_000.0));
    }

    private static boolean serves(Known node, Version version) {
        return Objects.equals(node.report().version(), Optional.of(version));
    }
}
