package dev.gatehouse.db.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Counts of the last 15 minutes, merged over all nodes.
 *
 * <p>{@code gatehouse:live:second:<epoch second>} is a hash of {@link Counts} fields and {@code nodes}, how many nodes
 * reported that second: a second without it is a gap, not a zero. {@code gatehouse:live:routes:<epoch second / 10>}
 * holds the same fields for each route, prefixed by its name and a space. Every key expires.
 */
public final class LiveTraffic {

    /** How far back one can look, in seconds. */
    public static final int SECONDS_KEPT = 900;

    private static final int TTL = SECONDS_KEPT + 60;
    private static final int ROUTE_SPAN = 10;
    private static final String SECOND = "gatehouse:live:second:";
    private static final String ROUTES = "gatehouse:live:routes:";
    private static final String NODES = "nodes";

    private final UnifiedJedis redis;

    public LiveTraffic(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * One second over all nodes.
     *
     * @param at epoch second
     * @param counts empty when no node reported it
     */
    public record Second(long at, Optional<Counts> counts) {}

    /**
     * Adds what a node counted in one second, in one round trip.
     *
     * @param byRoute the sum of these, and of requests without a route, is {@code all}
     */
    public void add(long second, Counts all, Map<String, Counts> byRoute) {
        try (var pipeline = redis.pipelined()) {
            var key = SECOND + second;
            all.fields().forEach((field, count) -> pipeline.hincrBy(key, field, count));
            pipeline.hincrBy(key, NODES, 1);
            pipeline.expire(key, TTL);
            if (!byRoute.isEmpty()) {
                var routesKey = ROUTES + second / ROUTE_SPAN;
                byRoute.forEach((route, counts) -> counts.fields()
                        .forEach((field, count) -> pipeline.hincrBy(routesKey, route + " " + field, count)));
                pipeline.expire(routesKey, TTL);
            }
            pipeline.sync();
        }
    }

    /** Both ends included, oldest first, one entry for each second. */
    public List<Second> seconds(long from, long to) {
        var answers = new ArrayList<Response<Map<String, String>>>();
        try (var pipeline = redis.pipelined()) {
            for (long second = from; second <= to; second++) {
                answers.add(pipeline.hgetAll(SECOND + second));
            }
            pipeline.sync();
        }
        var seconds = new ArrayList<Second>();
        for (var answer : answers) {
            var fields = numbers(answer.get());
            seconds.add(new Second(
                    from + seconds.size(),
                    fields.containsKey(NODES) ? Optional.of(Counts.of(fields)) : Optional.empty()));
        }
        return seconds;
    }

    /** By route, over the spans of 10 s that touch these seconds. */
    public Map<String, Counts> routes(long from, long to) {
        var answers = new ArrayList<Response<Map<String, String>>>();
        try (var pipeline = redis.pipelined()) {
            for (long span = from / ROUTE_SPAN; span <= to / ROUTE_SPAN; span++) {
                answers.add(pipeline.hgetAll(ROUTES + span));
            }
            pipeline.sync();
        }
        var fieldsByRoute = new HashMap<String, Map<String, Long>>();
        for (var answer : answers) {
            numbers(answer.get()).forEach((field, count) -> {
                int space = field.indexOf(' ');
                fieldsByRoute
                        .computeIfAbsent(field.substring(0, space), _ -> new HashMap<>())
                        .merge(field.substring(space + 1), count, Long::sum);
            });
        }
        var routes = new HashMap<String, Counts>();
        fieldsByRoute.forEach((route, fields) -> routes.put(route, Counts.of(fields)));
        return routes;
    }

    private static Map<String, Long> numbers(Map<String, String> hash) {
        var numbers = new HashMap<String, Long>();
        hash.forEach((field, count) -> numbers.put(field, Long.valueOf(count)));
        return numbers;
    }
}
