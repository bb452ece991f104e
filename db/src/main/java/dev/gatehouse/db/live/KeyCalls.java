package dev.gatehouse.db.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Which keys are used, how often and from where, merged over all nodes.
 *
 * <p>{@code gatehouse:keys:calls:<days since 1970>} and {@code …:last:<days>} are hashes by the key's id, for at most
 * {@link #MOST} of them: calls; epoch second and address of the last one. {@code gatehouse:keys:from:<id>} holds the
 * addresses of the last {@link #WINDOW}, {@code gatehouse:keys:shared} the keys that had at least {@link #MANY} of them.
 * {@code gatehouse:consumers:day:<days>} and {@code …:minute:<minutes>} count calls by consumer. Every key expires.
 */
public final class KeyCalls {

    /** How many keys are told apart in a day. */
    public static final int MOST = 100_000;

    /** A key that came from so many addresses within {@link #WINDOW} is taken for shared. */
    public static final int MANY = 10;

    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int ADDRESSES = 50;
    private static final int SHARED = 1_000;
    private static final Duration SHARED_KEPT = Duration.ofHours(1);
    private static final Duration DAYS_KEPT = Duration.ofDays(2);
    private static final Duration MINUTES_KEPT = Duration.ofMinutes(5);
    private static final String KEYS = "gatehouse:keys:";
    private static final String CONSUMERS = "gatehouse:consumers:";
    private static final int AT_ONCE = 500;

    private static final String SCRIPT = Script.read("keys.lua").text();

    private final UnifiedJedis redis;

    public KeyCalls(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * What a node saw of a key.
     *
     * @param address from where the last call came
     * @param networks from where all came; of IPv6 the first 64 bits
     */
    public record Calls(String id, String consumer, long count, Instant last, String address, List<String> networks) {}

    /**
     * How a key is used.
     *
     * @param today calls since midnight UTC
     * @param last the last call, today or yesterday
     * @param address from where it came; empty without one
     */
    public record Usage(long today, Optional<Instant> last, String address) {

        public static final Usage NONE = new Usage(0, Optional.empty(), "");
    }

    /**
     * How a consumer calls.
     *
     * @param today calls since midnight UTC
     * @param lastMinute calls of the last minute that is over
     */
    public record ConsumerUsage(long today, long lastMinute) {}

    /**
     * Adds what a node counted.
     *
     * @throws JedisException when Redis does not take it
     */
    public void add(Instant now, Collection<Calls> calls) {
        var all = List.copyOf(calls);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            some(now, all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    private void some(Instant now, List<Calls> calls) {
        var keys = new ArrayList<>(List.of(KEYS + "calls:" + day(now), KEYS + "last:" + day(now), KEYS + "shared"));
        var arguments = new ArrayList<String>();
        for (long number : List.of(
                (long) MOST,
                now.getEpochSecond(),
                DAYS_KEPT.toSeconds(),
                WINDOW.toSeconds(),
                (long) ADDRESSES,
                (long) MANY,
                SHARED_KEPT.toSeconds(),
                (long) SHARED)) {
            arguments.add(Long.toString(number));
        }
        var byConsumer = new HashMap<String, Long>();
        for (var call : calls) {
            keys.add(KEYS + "from:" + call.id);
            arguments.add(call.id);
            arguments.add(Long.toString(call.count));
            arguments.add(Long.toString(call.last.getEpochSecond()));
            arguments.add(call.address);
            arguments.add(Integer.toString(call.networks.size()));
            arguments.addAll(call.networks);
            byConsumer.merge(call.consumer, call.count, Long::sum);
        }
        var answers = new ArrayList<Response<?>>();
        try (var pipeline = redis.pipelined()) {
            answers.add(pipeline.eval(SCRIPT, keys, arguments));
            var today = CONSUMERS + "day:" + day(now);
            var minute = CONSUMERS + "minute:" + minute(now);
            byConsumer.forEach((consumer, count) -> {
                pipeline.hincrBy(today, consumer, count);
                pipeline.hincrBy(minute, consumer, count);
            });
            pipeline.expire(today, DAYS_KEPT.toSeconds());
            pipeline.expire(minute, MINUTES_KEPT.toSeconds());
            pipeline.sync();
        }
        answers.forEach(Response::get);
    }

    /** How these keys are used; those that are not are told of, too. */
    public Map<String, Usage> of(Collection<String> ids, Instant now) {
        var usages = new HashMap<String, Usage>();
        if (ids.isEmpty()) {
            return usages;
        }
        var fields = ids.toArray(String[]::new);
        Response<List<String>> counts;
        Response<List<String>> today;
        Response<List<String>> yesterday;
        try (var pipeline = redis.pipelined()) {
            counts = pipeline.hmget(KEYS + "calls:" + day(now), fields);
            today = pipeline.hmget(KEYS + "last:" + day(now), fields);
            yesterday = pipeline.hmget(KEYS + "last:" + (day(now) - 1), fields);
            pipeline.sync();
        }
        for (int i = 0; i < fields.length; i++) {
            var count =
                    Optional.ofNullable(counts.get().get(i)).map(Long::valueOf).orElse(0L);
            var last = Optional.ofNullable(today.get().get(i))
                    .or(optional(yesterday.get(), i))
                    .map(text -> text.split(" ", 2));
            usages.put(
                    fields[i],
                    new Usage(
                            count,
                            last.map(parts -> Instant.ofEpochSecond(Long.parseLong(parts[0]))),
                            last.map(parts -> parts[1]).orElse("")));
        }
        return usages;
    }

    private static Supplier<Optional<String>> optional(List<String> values, int i) {
        return () -> Optional.ofNullable(values.get(i));
    }

    /** Ids of keys that came from many addresses within the last hour, the newest first. */
    public List<String> shared(Instant now) {
        return newest(KEYS + "shared", now.minus(SHARED_KEPT));
    }

    /** From where a key came within {@link #WINDOW}, the newest first. */
    public List<String> addresses(String id, Instant now) {
        return newest(KEYS + "from:" + id, now.minus(WINDOW));
    }

    private List<String> newest(String key, Instant since) {
        return redis.zrange(
                key,
                ZRangeParams.zrangeByScoreParams(Double.POSITIVE_INFINITY, (double) since.getEpochSecond())
                        .rev());
    }

    /** Consumers that did not call are told of with zeros. */
    public Map<String, ConsumerUsage> consumers(Collection<String> names, Instant now) {
        var usages = new HashMap<String, ConsumerUsage>();
        if (names.isEmpty()) {
            return usages;
        }
        var fields = names.toArray(String[]::new);
        Response<List<String>> today;
        Response<List<String>> minute;
        try (var pipeline = redis.pipelined()) {
            today = pipeline.hmget(CONSUMERS + "day:" + day(now), fields);
            minute = pipeline.hmget(CONSUMERS + "minute:" + (minute(now) - 1), fields);
            pipeline.sync();
        }
        for (int i = 0; i < fields.length; i++) {
            usages.put(fields[i], new ConsumerUsage(number(today.get(), i), number(minute.get(), i)));
        }
        return usages;
    }

    private static long number(List<String> values, int i) {
        return Optional.ofNullable(values.get(i)).map(Long::valueOf).orElse(0L);
    }

    private static long day(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofMinutes(1).toSeconds());
    }
}
