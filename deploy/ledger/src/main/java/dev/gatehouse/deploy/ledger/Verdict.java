package dev.gatehouse.deploy.ledger;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the book says at the end.
 *
 * @param offered sent to a node
 * @param unsent due, and sent to nobody: no node had a connection free
 * @param admitted arrived at the service
 * @param ideal what a limit without slack would have admitted of what was offered
 * @param most certainly in one span of the window
 * @param seen in one span of the window, by when the service saw them
 * @param ok told 200
 * @param refused told 429
 * @param other told another status
 * @param silent told nothing
 * @param flawed answers that lack a field or contradict themselves
 * @param lost told 200, and never at the service
 * @param twice more than once at the service
 * @param through told 429, and at the service all the same
 * @param orphaned at the service, and told nothing: a node ended in between
 * @param redis what it says
 * @param median of how long callers waited, in nanoseconds
 * @param p99 of it
 */
record Verdict(
        int limit,
        int offered,
        int unsent,
        int admitted,
        int ideal,
        int most,
        int seen,
        int ok,
        int refused,
        int other,
        int silent,
        int flawed,
        int lost,
        int twice,
        int through,
        int orphaned,
        Redis redis,
        long median,
        long p99) {

    /**
     * What Redis says at the end.
     *
     * @param scripts that it ran; below zero where nobody asked
     * @param counted in the window that ends then; below zero where it was away, had forgotten, or nobody asked
     * @param arrived at the service of what was sent in that window: no more than was counted
     */
    record Redis(long scripts, long counted, int arrived) {

        static final Redis NOT_SEEN = new Redis(-1, -1, 0);

        /** Whether it missed some. */
        boolean misses() {
            return counted >= 0 && counted < arrived;
        }
    }

    static Verdict of(Book book, int limit, long window, Redis redis) {
        var sent = IntStream.range(0, book.size()).filter(book::wasSent).toArray();
        var arrived = Arrays.stream(sent).filter(id -> book.arrivals(id) > 0).toArray();
        var from = Arrays.stream(arrived).mapToLong(book::sentAt).toArray();
        var to = Arrays.stream(arrived).mapToLong(book::arrivedAt).toArray();
        var waits = Arrays.stream(sent)
                .filter(id -> book.told(id) != Book.NOTHING)
                .mapToLong(book::waited)
                .sorted()
                .toArray();
        return new Verdict(
                limit,
                sent.length,
                book.size() - sent.length,
                arrived.length,
                AnySpan.ideal(
                        Arrays.stream(sent).mapToLong(book::sentAt).sorted().toArray(), limit, window),
                AnySpan.mostInside(from, to, window),
                AnySpan.most(to, window),
                count(sent, id -> book.told(id) == 200),
                count(sent, id -> book.told(id) == 429),
                count(sent, id -> book.told(id) != 200 && book.told(id) != 429 && book.told(id) != Book.NOTHING),
                count(sent, id -> book.told(id) == Book.NOTHING),
                count(sent, book::flawed),
                count(sent, id -> book.told(id) == 200 && book.arrivals(id) == 0),
                count(sent, id -> book.arrivals(id) > 1),
                count(sent, id -> book.told(id) == 429 && book.arrivals(id) > 0),
                count(sent, id -> book.told(id) == Book.NOTHING && book.arrivals(id) > 0),
                redis,
                at(waits, 0.5),
                at(waits, 0.99));
    }

    private static int count(int[] ids, IntPredicate condition) {
        return (int) Arrays.stream(ids).filter(condition).count();
    }

    private static long at(long[] ascending, double share) {
        return ascending.length == 0
                ? 0
                : ascending[(int) Math.min(ascending.length - 1L, Math.round(ascending.length * share))];
    }

    /** Whether no more was admitted than the limit allows, and everybody was told the truth. */
    boolean holds() {
        return most <= limit && lost == 0 && twice == 0 && through == 0 && flawed == 0 && !redis.misses();
    }

    /** How much of what could be admitted was. */
    double used() {
        return ideal == 0 ? 0 : (double) admitted / ideal;
    }

    /** How many decisions asked Redis nothing; below zero where nobody knows. */
    double alone() {
        int decisions = ok + refused;
        return redis.scripts < 0 || decisions == 0 ? -1 : Math.max(0, 1 - (double) redis.scripts / decisions);
    }
}
