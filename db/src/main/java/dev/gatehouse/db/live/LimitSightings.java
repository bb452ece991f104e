package dev.gatehouse.db.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.Tuple;

/**
 * Whom limits refuse, and how the nodes that decide are, merged over all of them.
 *
 * <p>{@code gatehouse:live:refused:<epoch second / 10>} and {@code …:would-refuse:…} are sorted sets of "limit subject" by
 * how often; each holds the {@link #MOST} largest. {@code gatehouse:live:limiters} is a hash by node: when, and what it
 * says of itself. Every key expires.
 */
public final class LimitSightings {

    private static final int MOST = 500;
    private static final int SPAN = 10;
    private static final long KEPT = Duration.ofMinutes(16).toSeconds();
    private static final long NODE_KEPT = Duration.ofMinutes(1).toSeconds();
    private static final String REFUSED = "gatehouse:live:refused:";
    private static final String WOULD_REFUSE = "gatehouse:live:would-refuse:";
    private static final String LIMITERS = "gatehouse:live:limiters";

    private final UnifiedJedis redis;

    public LimitSightings(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Whom which limit refuses; the subject is {@code *} for those beyond what a node tells apart. */
    public record Sighting(String limit, String subject) {}

    /** How often. */
    public record Seen(Sighting sighting, long times) {}

    /**
     * What a node says of its limiter.
     *
     * @param at epoch second
     * @param standing such as counting or away
     * @param decisions since it began, of these without asking Redis all but
     * @param roundTrips questions to Redis
     * @param leases counters of which permits are held
     * @param permits held ahead
     */
    public record LimiterState(
            String node, long at, String standing, long decisions, long roundTrips, long leases, long permits) {}

    /** Adds what one node saw in a second, in one round trip. */
    public void add(long second, Map<Sighting, Long> refused, Map<Sighting, Long> wouldRefuse, LimiterState state) {
        try (var pipeline = redis.pipelined()) {
            for (var kind : List.of(Map.entry(REFUSED, refused), Map.entry(WOULD_REFUSE, wouldRefuse))) {
                var key = kind.getKey() + second / SPAN;
                if (!kind.getValue().isEmpty()) {
                    kind.getValue()
                            .forEach((sighting, times) ->
                                    pipeline.zincrby(key, times, sighting.limit + " " + sighting.subject));
                    pipeline.zremrangeByRank(key, 0, -MOST - 1);
                    pipeline.expire(key, KEPT);
                }
            }
            pipeline.hset(
                    LIMITERS,
                    state.node,
                    String.join(
                            " ",
                            Long.toString(state.at),
                            state.standing,
                            Long.toString(state.decisions),
                            Long.toString(state.roundTrips),
                            Long.toString(state.leases),
                            Long.toString(state.permits)));
            pipeline.expire(LIMITERS, NODE_KEPT);
            pipeline.sync();
        }
    }

    /** Who was refused most in these seconds. */
    public List<Seen> refused(long from, long to, int most) {
        return top(REFUSED, from, to, most);
    }

    /** Who would have been refused most by limits that only observe. */
    public List<Seen> wouldRefuse(long from, long to, int most) {
        return top(WOULD_REFUSE, from, to, most);
    }

    private List<Seen> top(String kind, long from, long to, int most) {
        var answers = new ArrayList<Response<List<Tuple>>>();
        try (var pipeline = redis.pipelined()) {
            for (long span = from / SPAN; span <= to / SPAN; span++) {
                answers.add(pipeline.zrevrangeWithScores(kind + span, 0, MOST));
            }
            pipeline.sync();
        }
        var times = new HashMap<String, Long>();
        answers.forEach(answer ->
                answer.get().forEach(one -> times.merge(one.getElement(), Math.round(one.getScore()), Long::sum)));
        return times.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(one -> {
                    int space = one.getKey().indexOf(' ');
                    return new Seen(
                            new Sighting(
                                    one.getKey().substring(0, space),
                                    one.getKey().substring(space + 1)),
                            one.getValue());
                })
                .toList();
    }

    /** How counters stand now. */
    public List<LimitCounts.State> look(List<LimitCounter> counters) {
        return counters.isEmpty() ? List.of() : LimitCounts.look(redis, counters);
    }

    /** How many requests that counter's limit of those at once holds slots for, on all nodes. */
    public long running(LimitCounter counter) {
        return LimitSlots.look(redis, counter);
    }

    /** By name; those that were silent for a while are left out. */
    public List<LimiterState> limiters(long now) {
        var states = new ArrayList<LimiterState>();
        new TreeMap<>(redis.hgetAll(LIMITERS)).forEach((node, text) -> {
            var fields = text.split(" ", -1);
            long at = Long.parseLong(fields[0]);
            if (now - at > NODE_KEPT) {
                redis.hdel(LIMITERS, node);
            } else {
                states.add(new LimiterState(
                        node,
                        at,
                        fields[1],
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        Long.parseLong(fields[4]),
                        Long.parseLong(fields[5])));
            }
        });
        return states;
    }
}
