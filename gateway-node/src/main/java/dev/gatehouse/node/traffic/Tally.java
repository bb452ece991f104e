package dev.gatehouse.node.traffic;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.Latency;
import dev.gatehouse.db.model.Refusal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counters that many threads raise and one empties; nothing raised is lost in between. */
final class Tally {

    private static final int CLASSES = 6;

    private final AtomicLongArray answers = new AtomicLongArray(CLASSES);
    private final Map<Refusal, AtomicLong> refusals = new EnumMap<>(Refusal.class);
    private final AtomicLongArray latency = new AtomicLongArray(Latency.BUCKETS);

    private final AtomicLong again = new AtomicLong();

    Tally() {
        for (var refusal : Refusal.values()) {
            refusals.put(refusal, new AtomicLong());
        }
    }

    void answered(int status, long nanos) {
        answers.incrementAndGet(Math.clamp(status / 100, 2, CLASSES - 1));
        latency.incrementAndGet(Latency.bucket(nanos));
    }

    void refused(Refusal refusal) {
        Objects.requireNonNull(refusals.get(refusal)).incrementAndGet();
    }

    /** A service was asked so many times more than once. */
    void again(int times) {
        again.addAndGet(times);
    }

    /** What was counted since the last call. */
    Counts take() {
        var byClass = new HashMap<String, Long>();
        take(answers, (index, count) -> byClass.put(index + "xx", count));
        var byCode = new HashMap<String, Long>();
        refusals.forEach((refusal, counter) -> {
            if (counter.get() != 0) {
                byCode.put(refusal.code(), counter.getAndSet(0));
            }
        });
        Map<Integer, Long> byBucket = new HashMap<>();
        take(latency, byBucket::put);
        return new Counts(byClass, byCode, byBucket, again.getAndSet(0));
    }

    private interface Sink {
        void put(int index, long count);
    }

    private static void take(AtomicLongArray counters, Sink sink) {
        for (int i = 0; i < counters.length(); i++) {
            if (counters.get(i) != 0) {
                sink.put(i, counters.getAndSet(i, 0));
            }
        }
    }
}
