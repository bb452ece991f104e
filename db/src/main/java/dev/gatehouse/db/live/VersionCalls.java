package dev.gatehouse.db.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Who calls which version of an API, merged over all nodes.
 *
 * <p>{@code gatehouse:version:{<api>:<version>}:hour:<hours since 1970>}, {@code …:day:<days since 1970>} and
 * {@code …:last:<days since 1970>} are hashes by consumer: calls, calls, and the epoch second of the day's last one. A
 * hash holds at most {@link #MOST} consumers, the calls of all others under {@link #OTHERS}. Every key expires.
 */
public final class VersionCalls {

    /** How many consumers of one version are told apart. */
    public static final int MOST = 5_000;

    /** Stands for all consumers beyond {@link #MOST}. */
    public static final String OTHERS = "*";

    private static final Duration HOURS_KEPT = Duration.ofHours(26);
    private static final Duration DAYS_KEPT = Duration.ofDays(30);
    private static final String KEY = "gatehouse:version:";
    private static final int DAY = 24;
    private static final int WEEK = 7;

    private static final String SCRIPT = Script.read("versions.lua").text();

    private final UnifiedJedis redis;
    private final int most;

    public VersionCalls(UnifiedJedis redis) {
        this(redis, MOST);
    }

    VersionCalls(UnifiedJedis redis, int most) {
        this.redis = redis;
        this.most = most;
    }

    /** @param consumer empty for callers without a valid key */
    public record Caller(String api, String version, String consumer) {}

    private record Version(String api, String version) {}

    /**
     * How a consumer calls a version.
     *
     * @param consumer empty for callers without a valid key; or {@link #OTHERS}
     * @param day calls of the last 24 hours: the hour that runs and the 24 before it
     * @param week calls of the last 7 days: today, in UTC, and the 7 days before
     * @param last the last call, within the last 30 days
     */
    public record Usage(String consumer, long day, long week, Instant last) {}

    /**
     * Adds what a node counted, in one round trip.
     *
     * @throws JedisException when Redis does not take it
     */
    public void add(Instant now, Map<Caller, Long> calls) {
        var byVersion = new HashMap<Version, List<String>>();
        calls.forEach((caller, count) -> {
            var arguments = byVersion.computeIfAbsent(
                    new Version(caller.api, caller.version),
                    _ -> new ArrayList<>(List.of(
                            String.valueOf(most),
                            String.valueOf(now.getEpochSecond()),
                            String.valueOf(HOURS_KEPT.toSeconds()),
                            String.valueOf(DAYS_KEPT.toSeconds()))));
            arguments.add(caller.consumer);
            arguments.add(String.valueOf(count));
        });
        var answers = new ArrayList<Response<?>>();
        try (var pipeline = redis.pipelined()) {
            byVersion.forEach((version, arguments) -> {
                var key = key(version.api, version.version);
                answers.add(pipeline.eval(
                        SCRIPT,
                        List.of(key + "hour:" + hour(now), key + "day:" + day(now), key + "last:" + day(now)),
                        arguments));
            });
            pipeline.sync();
        }
        answers.forEach(Response::get);
    }

    /** Whoever called it in the last 30 days, the busiest of the week first. */
    public List<Usage> of(String api, String version, Instant now) {
        var key = key(api, version);
        var hours = new ArrayList<Response<Map<String, String>>>();
        var days = new ArrayList<Response<Map<String, String>>>();
        var lasts = new ArrayList<Response<Map<String, String>>>();
        try (var pipeline = redis.pipelined()) {
            for (long hour = hour(now) - DAY; hour <= hour(now); hour++) {
                hours.add(pipeline.hgetAll(key + "hour:" + hour));
            }
            for (long day = day(now) - WEEK; day <= day(now); day++) {
                days.add(pipeline.hgetAll(key + "day:" + day));
            }
            for (long day = day(now) - DAYS_KEPT.toDays(); day <= day(now); day++) {
                lasts.add(pipeline.hgetAll(key + "last:" + day));
            }
            pipeline.sync();
        }
        var lastDay = merged(hours, Long::sum);
        var lastWeek = merged(days, Long::sum);
        return merged(lasts, Math::max).entrySet().stream()
                .map(consumer -> new Usage(
                        consumer.getKey(),
                        lastDay.getOrDefault(consumer.getKey(), 0L),
                        lastWeek.getOrDefault(consumer.getKey(), 0L),
                        Instant.ofEpochSecond(consumer.getValue())))
                .filter(usage -> usage.last.isAfter(now.minus(DAYS_KEPT)))
                .sorted(Comparator.comparingLong((Usage usage) -> -usage.week).thenComparing(Usage::consumer))
                .toList();
    }

    private static Map<String, Long> merged(List<Response<Map<String, String>>> hashes, BinaryOperator<Long> merging) {
        var merged = new HashMap<String, Long>();
        hashes.forEach(hash ->
                hash.get().forEach((consumer, number) -> merged.merge(consumer, Long.valueOf(number), merging)));
        return merged;
    }

    private static String key(String api, String version) {
        return KEY + "{" + api + ":" + version + "}:";
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofHours(1).toSeconds());
    }

    private static long day(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }
}
