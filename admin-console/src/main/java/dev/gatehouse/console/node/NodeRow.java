package dev.gatehouse.console.node;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Duration;
import java.util.List;

/**
 * One node.
 *
 * @param heard how long ago it reported
 */
record NodeRow(Known known, Level level, String word, String revision, String heard) {

    private static final Duration JUST_NOW = Duration.ofSeconds(3);

    static List<NodeRow> of(Fleet fleet) {
        return fleet.nodes().stream().map(node -> of(node, fleet)).toList();
    }

    private static NodeRow of(Known node, Fleet fleet) {
        long newest = fleet.version().revision();
        var revision = node.report()
                .version()
                .map(version -> node.has(fleet.version())
                        ? String.valueOf(version.revision())
                        : version.revision() + " of " + newest)
                .orElse("none");
        return new NodeRow(node, level(node, fleet), word(node, fleet), revision, heard(node.age()));
    }

    private static String heard(Duration age) {
        return age.compareTo(JUST_NOW) < 0 ? "just now" : Figures.age(age) + " ago";
    }

    private static Level level(Known node, Fleet fleet) {
        if (!node.serving() || !node.report().problems().isEmpty()) {
            return Level.BAD;
        }
        return node.has(fleet.version()) ? Level.GOOD : Level.ATTENTION;
    }

    private static String word(Known node, Fleet fleet) {
        if (!node.serving()) {
            return "silent";
        }
        if (!node.report().problems().isEmpty()) {
            return "problem";
        }
        return node.has(fleet.version()) ? "serving" : "catching up";
    }

    String name() {
        return known.report().name();
    }

    /** All of it that does not change with every report. */
    List<Object> steady() {
        return List.of(known.report(), known.appliedAt(), word, revision);
    }

    String searched() {
        return String.join(" ", name(), known.report().address(), word);
    }
}
