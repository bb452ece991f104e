package dev.gatehouse.console.service;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A target, or one of the addresses that its name stands for, as each node sees it.
 *
 * @param address empty for the target itself
 * @param cells one a node, in their order
 */
record TargetRow(Target target, String address, List<Cell> cells) {

    private static final String BY_HAND = " by hand; Revisions tells who did it, and when";

    /** What one node thinks. */
    record Cell(String node, Level level, String word, Instant since, String why) implements ByNode.Told {}

    /** @param routed whether any route leads to it: else no node asks it */
    static List<TargetRow> of(String name, Service service, boolean routed, List<Known> nodes) {
        var rows = new ArrayList<TargetRow>();
        for (var target : service.targets()) {
            var addresses = new TreeSet<String>();
            for (var node : nodes) {
                of(node, name, target).forEach(state -> addresses.add(state.address()));
            }
            addresses.remove("");
            if (addresses.isEmpty()) {
                rows.add(row(name, target, "", routed, nodes));
            } else {
                addresses.forEach(address -> rows.add(row(name, target, address, routed, nodes)));
            }
        }
        return rows;
    }

    private static TargetRow row(String name, Target target, String address, boolean routed, List<Known> nodes) {
        return new TargetRow(
                target,
                address,
                nodes.stream()
                        .map(node -> cell(node, name, target, address, routed))
                        .toList());
    }

    private static Cell cell(Known node, String service, Target target, String address, boolean routed) {
        var called = node.report().name();
        if (!node.serving()) {
            return new Cell(called, Level.UNKNOWN, "silent", Instant.EPOCH, "");
        }
        var told = of(node, service, target);
        var state = told.stream()
                .filter(each -> each.address().equals(address))
                .findFirst()
                .or(() -> told.stream().filter(each -> each.address().isEmpty()).findFirst());
        if (state.isPresent()) {
            var known = state.get();
            return new Cell(called, level(known.condition()), known.condition().toString(), known.since(), why(known));
        }
        if (!told.isEmpty() || !address.isEmpty()) {
            return new Cell(called, Level.UNKNOWN, "not known", Instant.EPOCH, "");
        }
        return untold(called, target.state(), routed);
    }

    /** Of whom nothing is told, nothing is wrong. */
    private static Cell untold(String node, Target.State state, boolean routed) {
        if (state == Target.State.ACTIVE && !routed) {
            return new Cell(node, Level.UNKNOWN, "not asked", Instant.EPOCH, "no route forwards to the service");
        }
        var word = word(state);
        return new Cell(node, level(state), word, Instant.EPOCH, state == Target.State.ACTIVE ? "" : word + BY_HAND);
    }

    private static String why(TargetState known) {
        return switch (known.condition()) {
            case DRAINED, HELD -> known.condition() + BY_HAND;
            default -> known.why();
        };
    }

    private static List<TargetState> of(Known node, String service, Target target) {
        return node.report().targets().stream()
                .filter(state ->
                        state.service().equals(service) && state.target().equals(target.identity()))
                .toList();
    }

    private static Level level(Condition condition) {
        return switch (condition) {
            case IN_USE -> Level.GOOD;
            case STARTING, ON_TRIAL -> Level.ATTENTION;
            case DRAINED, HELD -> Level.UNKNOWN;
            case BROKEN, EJECTED, UNHEALTHY, UNRESOLVED -> Level.BAD;
        };
    }

    private static Level level(Target.State state) {
        return state == Target.State.ACTIVE ? Level.GOOD : Level.UNKNOWN;
    }

    private static String word(Target.State state) {
        return state == Target.State.ACTIVE ? Condition.IN_USE.toString() : state.toString();
    }

    /** The target's address, or the one that its name stands for. */
    String text() {
        return address.isEmpty() ? target.identity() : address;
    }
}
