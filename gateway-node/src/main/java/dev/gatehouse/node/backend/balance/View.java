package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who can be used at one moment: immutable, made anew when anything changes.
 *
 * @param steps by priority, those that nobody can be taken from left out
 * @param usable how many endpoints are in the groups
 * @param panic whether some are among them that were left out otherwise
 */
record View<R>(List<Step<R>> steps, int usable, boolean panic) {

    /** A priority takes all requests until less than this can be used: the others have that much in reserve. */
    private static final double RESERVE = 1.4;

    /** @param upTo what part of the requests begins in this group or one before it; 1 for the last */
    record Step<R>(Group<R> group, double upTo) {}

    private record Level<R>(List<Candidate<R>> all, List<Candidate<R>> usable) {

        double health() {
            return all.isEmpty() ? 0 : Math.min(1, RESERVE * usable.size() / all.size());
        }

        boolean panics(long threshold) {
            return usable.isEmpty() || usable.size() * 100L < threshold * all.size();
        }
    }

    static <R> View<R> of(
            List<Candidate<R>> candidates, Balancing settings, Function<List<Candidate<R>>, Group<R>> group, long now) {
        var levels = levels(candidates);
        double health = levels.stream().mapToDouble(Level::health).sum();
        var steps = new ArrayList<Step<R>>();
        int usable = 0;
        boolean panic = false;
        double given = 0;
        for (int i = 0; i < levels.size(); i++) {
            var level = levels.get(i);
            double load = health >= 1 ? Math.min(1 - given, level.health()) : part(i, level.health(), health);
            boolean panics = health < 1 && load > 0 && level.panics(settings.panic());
            var members = panics ? level.all() : level.usable();
            if (!members.isEmpty()) {
                given += load;
                panic |= panics;
                usable += members.size();
                var slowed = members.stream()
                        .map(member -> member.slowed(settings.slowStart(), now))
                        .toList();
                steps.add(new Step<>(group.apply(slowed), given));
            }
        }
        return new View<>(List.copyOf(steps), usable, panic);
    }

    /** Where all together are too few, what is left is shared as it is; where nobody can be used, the first have all. */
    private static double part(int level, double health, double all) {
        if (all == 0) {
            return level == 0 ? 1 : 0;
        }
        return health / all;
    }

    private static <R> List<Level<R>> levels(List<Candidate<R>> candidates) {
        var levels = new TreeMap<Integer, Level<R>>();
        for (var candidate : candidates) {
            if (candidate.state() == Target.State.ACTIVE) {
                var level = levels.computeIfAbsent(
                        candidate.priority(), _ -> new Level<>(new ArrayList<>(), new ArrayList<>()));
                level.all.add(candidate);
                if (candidate.usable()) {
                    level.usable.add(candidate);
                }
            }
        }
        return List.copyOf(levels.values());
    }

    @Nullable
    Candidate<R> take(Exchange exchange, @Nullable Pick<R> previous) {
        if (steps.isEmpty()) {
            return null;
        }
        int first = first();
        var candidate = steps.get(first).group.take(exchange, previous);
        for (int i = 0; candidate == null && i < steps.size(); i++) {
            candidate = i == first ? null : steps.get(i).group.take(exchange, previous);
        }
        return candidate;
    }

    private int first() {
        if (steps.getFirst().upTo >= 1) {
            return 0;
        }
        double at = ThreadLocalRandom.current().nextDouble();
        int first = 0;
        while (first < steps.size() - 1 && at >= steps.get(first).upTo) {
            first++;
        }
        return first;
    }
}
