package dev.gatehouse.deploy.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What callers met before, between and after what happened: how long they waited, and who got no answer of a gateway that works. */
final class Phases {

    /** What is new to the nodes is looked at for itself, and held against the second before. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private Phases() {}

    /**
     * One stretch of time.
     *
     * @param after what began it
     * @param failed told neither 200 nor 429
     * @param median of how long callers waited, ns
     * @param p99 of it
     */
    record Phase(Duration from, String after, int sent, int admitted, int failed, long median, long p99) {}

    static List<Phase> of(Book book, List<Event> events) {
        var marks = new TreeMap<Duration, String>();
        marks.put(Duration.ZERO, "the beginning");
        for (var event : events) {
            marks.merge(event.at(), event.toString(), (one, other) -> one + ", " + other);
            if (event.at().compareTo(FIRST) > 0) {
                marks.putIfAbsent(event.at().minus(FIRST), "a second before");
            }
            marks.putIfAbsent(event.at().plus(FIRST), "a second later");
            if (event.time().isPositive()) {
                marks.merge(
                        event.at().plus(event.time()),
                        "end of " + event.action().written(),
                        (one, other) -> one + ", " + other);
                marks.putIfAbsent(event.at().plus(event.time()).plus(FIRST), "a second later");
            }
        }
        var sent = IntStream.range(0, book.size()).filter(book::wasSent).toArray();
        long begin = Arrays.stream(sent).mapToLong(book::sentAt).min().orElse(0);
        var phases = new ArrayList<Phase>();
        marks.forEach((from, after) -> {
            var next = marks.higherKey(from);
            long until = next == null ? Long.MAX_VALUE : next.toNanos();
            phases.add(phase(
                    book,
                    from,
                    after,
                    Arrays.stream(sent)
                            .filter(id -> book.sentAt(id) - begin >= from.toNanos() && book.sentAt(id) - begin < until)
                            .toArray()));
        });
        return phases;
    }

    private static Phase phase(Book book, Duration from, String after, int[] sent) {
        var waits = Arrays.stream(sent)
                .filter(id -> book.told(id) != Book.NOTHING)
                .mapToLong(book::waited)
                .sorted()
                .toArray();
        return new Phase(
                from,
                after,
                sent.length,
                (int) Arrays.stream(sent).filter(id -> book.arrivals(id) > 0).count(),
                (int) Arrays.stream(sent)
                        .filter(id -> book.told(id) != 200 && book.told(id) != 429)
                        .count(),
                at(waits, 0.5),
                at(waits, 0.99));
    }

    /** @param share of those that waited no longer */
    static long at(long[] ascending, double share) {
        return ascending.length == 0
                ? 0
                : ascending[(int) Math.min(ascending.length - 1L, Math.round(ascending.length * share))];
    }
}
