package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.policy.RateLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the book says at the end.
 *
 * @param offered sent to a node
 * @param unsent due, and sent to nobody: no node had a connection free
 * @param admitted arrived at the service
 * @param ideal what a limit without slack would have admitted of what was offered
 * @param most that there certainly was, to be held against the model's bound
 * @param seen the same by when the service saw them
 * @param all whether everybody has to be answered 200 or 429: nothing happened to a node
 * @param redis what it says
 * @param quota what the ledger says
 * @param median of how long callers waited, in nanoseconds
 * @param p99 of it
 */
record Verdict(
        Model model,
        int offered,
        int unsent,
        int admitted,
        int ideal,
        int most,
        int seen,
        Told told,
        boolean all,
        Redis redis,
        Quota quota,
        long median,
        long p99) {

    /**
     * What callers were told.
     *
     * @param ok told 200
     * @param refused told 429
     * @param other how many were told each other status
     * @param silent told nothing
     * @param flawed answers that lack a field or contradict themselves
     * @param flaw the first of them
     * @param lost told 200, and never at the service
     * @param twice more than once at the service
     * @param through told 429, and at the service all the same
     * @param orphaned at the service, and told nothing: a node ended in between
     */
    record Told(
            int ok,
            int refused,
            Map<Integer, Integer> other,
            int silent,
            int flawed,
            String flaw,
            int lost,
            int twice,
            int through,
            int orphaned) {

        private static Told of(Book book, int[] sent) {
            var other = new TreeMap<Integer, Integer>();
            Arrays.stream(sent)
                    .map(book::told)
                    .filter(status -> status != 200 && status != 429 && status != Book.NOTHING)
                    .forEach(status -> other.merge(status, 1, Integer::sum));
            return new Told(
                    count(sent, id -> book.told(id) == 200),
                    count(sent, id -> book.told(id) == 429),
                    other,
                    count(sent, id -> book.told(id) == Book.NOTHING),
                    count(sent, book::flawed),
                    book.flaw(),
                    count(sent, id -> book.told(id) == 200 && book.arrivals(id) == 0),
                    count(sent, id -> book.arrivals(id) > 1),
                    count(sent, id -> book.told(id) == 429 && book.arrivals(id) > 0),
                    count(sent, id -> book.told(id) == Book.NOTHING && book.arrivals(id) > 0));
        }

        /** Told neither that they may nor that they may not. */
        int failed() {
            return silent + other.values().stream().mapToInt(Integer::intValue).sum();
        }

        private boolean truth() {
            return lost == 0 && twice == 0 && through == 0 && flawed == 0;
        }
    }

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

    /**
     * What the ledger of quotas says at the end.
     *
     * @param amount of the quota; 0 where there is none
     * @param ledger what PostgreSQL says was used
     * @param redis what Redis says was used or is held; below zero where it has nothing
     * @param arrived at the service
     * @param open told nothing and not at the service: a node ended when it had perhaps counted them
     */
    record Quota(long amount, long ledger, long redis, int arrived, int open) {

        static final Quota NONE = new Quota(0, 0, -1, 0, 0);

        /** Whether all that nodes counted is written: none of them holds anything any more. */
        boolean settled() {
            return holds() && (redis < 0 || redis == ledger);
        }

        /** None too many, none missing, none invented. */
        boolean holds() {
            return amount == 0
                    || (arrived <= amount
                            && ledger >= arrived
                            && ledger <= arrived + open
                            && (redis < 0 || redis >= arrived));
        }
    }

    static Verdict of(Book book, Settings settings, List<Event> events, Redis redis, Quota quota) {
        var model = settings.model();
        var sent = IntStream.range(0, book.size()).filter(book::wasSent).toArray();
        var arrived = Arrays.stream(sent).filter(id -> book.arrivals(id) > 0).toArray();
        var from = Arrays.stream(arrived).mapToLong(book::sentAt).toArray();
        var to = Arrays.stream(arrived).mapToLong(book::arrivedAt).toArray();
        var waits = Arrays.stream(sent)
                .filter(id -> book.told(id) != Book.NOTHING)
                .mapToLong(book::waited)
                .sorted()
                .toArray();
        int ideal =
                model.ideal(Arrays.stream(sent).mapToLong(book::sentAt).sorted().toArray());
        return new Verdict(
                model,
                sent.length,
                book.size() - sent.length,
                arrived.length,
                settings.quota() > 0 ? Math.toIntExact(Math.min(ideal, settings.quota())) : ideal,
                model.most(from, to),
                model.most(to, to),
                Told.of(book, sent),
                settings.withoutRedis() != RateLimit.WithoutRedis.DENY
                        && events.stream().noneMatch(event -> event.action().ofNodes()),
                redis,
                quota,
                Phases.at(waits, 0.5),
                Phases.at(waits, 0.99));
    }

    private static int count(int[] ids, IntPredicate condition) {
        return (int) Arrays.stream(ids).filter(condition).count();
    }

    /** Whether no more was admitted than the limit allows, all of it is in the books, and everybody was told the truth. */
    boolean holds() {
        return most <= model.bound()
                && told.truth()
                && (!all || told.failed() == 0)
                && !redis.misses()
                && quota.holds();
    }

    /** How much of what could be admitted was. */
    double used() {
        return ideal == 0 ? 0 : (double) admitted / ideal;
    }

    /** How many decisions asked Redis nothing; below zero where nobody knows. */
    double alone() {
        int decisions = told.ok + told.refused;
        return redis.scripts < 0 || decisions == 0 ? -1 : Math.max(0, 1 - (double) redis.scripts / decisions);
    }
}
