package dev.gatehouse.node.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.db.live.LimitCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What this node knows of every counter it was asked for lately. Bounded: the least used one is forgotten first. */
final class Memory {

    private static final int COUNTERS = 100_000;

    /** A bucket fills within a day. */
    private static final Duration KEPT = Duration.ofHours(25);

    private final LongSupplier micros;
    private final AtomicLong changes = new AtomicLong();
    private volatile long told;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(COUNTERS).expireAfterAccess(KEPT).build();

    /** @param micros of a clock that only runs forward */
    Memory(LongSupplier micros) {
        this.micros = micros;
    }

    private static final class Known {

        private final Remembered remembered = new Remembered();
        private volatile LimitCounter counter;

        Known(LimitCounter counter) {
            this.counter = counter;
        }
    }

    /** What Redis has to be told of one counter. */
    record News(LimitCounter counter, List<Long> told, Remembered remembered) {}

    long micros() {
        return micros.getAsLong();
    }

    private Remembered of(LimitCounter counter) {
        var found = known.get(counter.key(), _ -> new Known(counter));
        found.counter = counter;
        return found.remembered;
    }

    /**
     * Counts the request here where there is room.
     *
     * @param shared whether Redis counts it as well
     */
    Remembered.Room decide(Demand demand, Counted taken, boolean shared) {
        if (!shared) {
            changes.incrementAndGet();
        }
        return of(demand.counter()).decide(demand.counter(), demand.cost(), taken, shared);
    }

    /** How it stands here; nothing is counted. */
    Remembered.Room look(Demand demand, Share share) {
        return of(demand.counter()).look(demand.counter(), demand.cost(), share, micros());
    }

    void undo(Demand demand, Counted taken, boolean shared) {
        of(demand.counter()).undo(demand.counter(), demand.cost(), taken, micros(), shared);
    }

    /** Redis was to count it and did not answer. */
    void failed(Demand demand) {
        changes.incrementAndGet();
        of(demand.counter()).failed(demand.counter(), demand.cost(), micros());
    }

    void charge(LimitCounter counter, long units, Share share) {
        changes.incrementAndGet();
        of(counter).charge(counter, units, share, micros());
    }

    void granted(LimitCounter counter, long units, long dated, long used) {
        of(counter).granted(counter, units, dated, used, micros());
    }

    void returned(LimitCounter counter, long units, long dated) {
        of(counter).returned(counter, units, dated);
    }

    /** @param again also what Redis was told before: it has lost it */
    List<News> news(boolean again) {
        var all = new ArrayList<News>();
        if (!again && !hasNews()) {
            return all;
        }
        known.asMap().values().forEach(one -> {
            if (again || one.remembered.untold()) {
                var told = one.remembered.toTell(one.counter, again, micros());
                if (!told.isEmpty()) {
                    all.add(new News(one.counter, told, one.remembered));
                }
            }
        });
        return all;
    }

    /** How often something happened that Redis has to be told. */
    long changes() {
        return changes.get();
    }

    /** It has been told all up to there. */
    void told(long upTo) {
        told = upTo;
    }

    boolean hasNews() {
        return changes.get() != told;
    }

    /** From here on the counts in Redis are believed. */
    void settle() {
        known.asMap().values().forEach(one -> one.remembered.settle());
    }

    long size() {
        return known.estimatedSize();
    }
}
