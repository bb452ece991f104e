package dev.gatehouse.db.live;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** How nodes and console ask {@code limits.lua}. Which epoch the counts are of is {@link LimitEpoch}'s. */
public final class LimitCounts {

    /** An epoch that is not asked for: the counts as they are. */
    public static final String ANY = "";

    private LimitCounts() {}

    /**
     * What is wanted of one counter.
     *
     * @param cost units that one request takes
     * @param wish permits to be counted ahead
     */
    public record Want(LimitCounter counter, long cost, long wish) {}

    /**
     * How one counter stands.
     *
     * @param left on all nodes
     * @param reset ms until its oldest count leaves, or its bucket is full again
     * @param next ms until one more request is admitted; 0 for now
     * @param ahead permits for requests to come
     * @param ends until when those are counted, ms on Redis' clock
     * @param good ms for which they may be used
     * @param used in its window; of a bucket the microseconds until it is full again
     */
    public record State(long left, long reset, long next, long ahead, long ends, long good, long used) {}

    /**
     * What came of a question.
     *
     * @param admitted of those who asked
     * @param now on Redis' clock, ms since 1970
     * @param states one for each want
     */
    public record Answer(long admitted, long now, List<State> states) {

        /** Was another epoch known to the asker? Then nothing was decided. */
        public boolean missed() {
            return states.isEmpty();
        }
    }

    public static List<String> keys(List<LimitCounter> counters) {
        var keys = new ArrayList<String>(counters.size() + 1);
        keys.add(LimitEpoch.EPOCH);
        counters.forEach(counter -> keys.add(counter.key()));
        return keys;
    }

    public static List<String> decide(String epoch, int nodes, int asking, List<Want> wants) {
        var arguments = new ArrayList<String>(4 + 5 * wants.size());
        arguments.add("decide");
        arguments.add(epoch);
        arguments.add(Integer.toString(nodes));
        arguments.add(Integer.toString(asking));
        for (var want : wants) {
            numbers(arguments, want.counter());
            arguments.add(Long.toString(want.cost()));
            arguments.add(Long.toString(want.wish()));
        }
        return arguments;
    }

    /**
     * More permits before those at hand run out.
     *
     * @param wish how many are to be at hand then
     * @param rest that still are
     * @param ends until when those are counted
     */
    public static List<String> renew(String epoch, int nodes, LimitCounter counter, long wish, long rest, long ends) {
        var arguments = new ArrayList<>(List.of("renew", epoch, Integer.toString(nodes)));
        numbers(arguments, counter);
        arguments.add(Long.toString(wish));
        arguments.add(Long.toString(rest));
        arguments.add(Long.toString(ends));
        return arguments;
    }

    /** @param said what the script answered to {@link #decide} or {@link #renew} */
    public static Answer answer(Object said) {
        var all = (List<?>) said;
        if (all.size() < 3) {
            return new Answer(0, 0, List.of());
        }
        var states = new ArrayList<State>(all.size() - 3);
        for (int i = 3; i < all.size(); i++) {
            var state = (List<?>) all.get(i);
            states.add(new State(
                    number(state, 0),
                    Math.max(0, number(state, 1)),
                    number(state, 2),
                    number(state, 3),
                    number(state, 4),
                    number(state, 5),
                    number(state, 6)));
        }
        return new Answer(number(all, 1), number(all, 2), states);
    }

    /** Was another epoch known to the asker? Then nothing was done. */
    public static boolean missed(Object said) {
        return number((List<?>) said, 0) == 0;
    }

    public static List<String> charge(String epoch, LimitCounter counter, long units) {
        var arguments = new ArrayList<>(List.of("charge", epoch));
        numbers(arguments, counter);
        arguments.add(Long.toString(units));
        return arguments;
    }

    /** @param ends as it was said of the permits */
    public static List<String> back(String epoch, LimitCounter counter, long ends, long permits) {
        return returned("back", epoch, counter, ends, permits);
    }

    /**
     * Takes back what a bucket was charged for one who asked.
     *
     * @param moment of the answer, on Redis' clock in ms
     */
    public static List<String> undo(String epoch, LimitCounter counter, long moment, long units) {
        return returned("undo", epoch, counter, moment, units);
    }

    private static List<String> returned(String what, String epoch, LimitCounter counter, long dated, long units) {
        var arguments = new ArrayList<>(List.of(what, epoch));
        numbers(arguments, counter);
        arguments.add(Long.toString(dated));
        arguments.add(Long.toString(units));
        return arguments;
    }

    /** @param told pairs of ms ago and count; of a bucket the microseconds until it is full again */
    public static List<String> tell(String epoch, LimitCounter counter, List<Long> told) {
        var arguments = new ArrayList<>(List.of("tell", epoch));
        numbers(arguments, counter);
        told.forEach(number -> arguments.add(Long.toString(number)));
        return arguments;
    }

    /** How counters stand now; nothing is counted. */
    public static List<State> look(UnifiedJedis redis, List<LimitCounter> counters) {
        var wants = counters.stream().map(counter -> new Want(counter, 1, 0)).toList();
        return answer(Script.LIMITS.run(redis, keys(counters), decide(ANY, 1, 0, wants)))
                .states();
    }

    private static void numbers(List<String> arguments, LimitCounter counter) {
        arguments.add(Long.toString(counter.requests()));
        arguments.add(Long.toString(counter.span().toMillis()));
        arguments.add(Long.toString(counter.burst()));
    }

    private static long number(List<?> list, int index) {
        return (Long) list.get(index);
    }
}
