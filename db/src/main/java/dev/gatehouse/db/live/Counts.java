package dev.gatehouse.db.live;

import dev.gatehouse.db.model.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What happened in a span of time. Counts of different nodes, seconds and routes merge by adding.
 *
 * @param answers how many answers a service gave, by status class: {@code 2xx}, {@code 3xx}, {@code 4xx}, {@code 5xx}
 * @param refusals how many the gateway answered itself, by the code of the {@link Refusal}
 * @param latency answers of services by bucket of {@link Latency}; only buckets that hold any
 * @param again how often a service was asked beyond the first time, after a failure or beside a silent target
 */
public record Counts(Map<String, Long> answers, Map<String, Long> refusals, Map<Integer, Long> latency, long again) {

    public static final Counts NONE = new Counts(Map.of(), Map.of(), Map.of());

    private static final String AGAIN = "again";
    private static final String REFUSAL = "x:";
    private static final String BUCKET = "h:";
    private static final Pattern BUCKET_FIELD = Pattern.compile(BUCKET + "\\d{1,3}");
    private static final Pattern CLASS_FIELD = Pattern.compile("[2-5]xx");

    /** Nothing was sent again. */
    public Counts(Map<String, Long> answers, Map<String, Long> refusals, Map<Integer, Long> latency) {
        this(answers, refusals, latency, 0);
    }

    public Counts plus(Counts other) {
        return new Counts(
                sum(answers, other.answers),
                sum(refusals, other.refusals),
                sum(latency, other.latency),
                again + other.again);
    }

    private static <K> Map<K, Long> sum(Map<K, Long> a, Map<K, Long> b) {
        var sum = new HashMap<>(a);
        b.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    public long requests() {
        return total(answers) + total(refusals);
    }

    /** Answers of services with a 5xx, and refusals because a service or the gateway failed. */
    public long errors() {
        long failed = answers.getOrDefault("5xx", 0L);
        for (var refusal : Refusal.values()) {
            if (refusal.status() >= 500) {
                failed += refusals.getOrDefault(refusal.code(), 0L);
            }
        }
        return failed;
    }

    /** Requests the gateway refused for the caller's sake: 4xx of its own. */
    public long refused() {
        long refused = 0;
        for (var refusal : Refusal.values()) {
            if (refusal.status() < 500) {
                refused += refusals.getOrDefault(refusal.code(), 0L);
            }
        }
        return refused;
    }

    /**
     * The latency that this share of a service's answers did not exceed, in milliseconds; NaN without answers.
     *
     * @param share 0 to 1, such as 0.95
     */
    public double percentile(double share) {
        long wanted = (long) Math.ceil(share * total(latency));
        long seen = 0;
        for (var bucket : new TreeMap<>(latency).entrySet()) {
            seen += bucket.getValue();
            if (seen >= wanted) {
                return Latency.millis(bucket.getKey());
            }
        }
        return Double.NaN;
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As fields of a Redis hash. */
    Map<String, Long> fields() {
        var fields = new HashMap<>(answers);
        refusals.forEach((code, count) -> fields.put(REFUSAL + code, count));
        latency.forEach((bucket, count) -> fields.put(BUCKET + bucket, count));
        if (again > 0) {
            fields.put(AGAIN, again);
        }
        return fields;
    }

    /** Reads the fields back into what they stand for; an unknown one of a newer release is passed over. */
    static Counts of(Map<String, Long> fields) {
        var answers = new HashMap<String, Long>();
        var refusals = new HashMap<String, Long>();
        var latency = new HashMap<Integer, Long>();
        fields.forEach((field, count) -> {
            if (field.startsWith(REFUSAL)) {
                refusals.put(field.substring(REFUSAL.length()), count);
            } else if (BUCKET_FIELD.matcher(field).matches()) {
                latency.put(Integer.parseInt(field.substring(BUCKET.length())), count);
            } else if (CLASS_FIELD.matcher(field).matches()) {
                answers.put(field, count);
            }
        });
        return new Counts(answers, refusals, latency, fields.getOrDefault(AGAIN, 0L));
    }
}
