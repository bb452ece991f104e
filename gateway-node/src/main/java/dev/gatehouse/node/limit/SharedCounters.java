package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.LimitCounts.Answer;
import dev.gatehouse.db.live.LimitCounts.Want;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.db.policy.RateLimit.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Counts all nodes together: one script, on Redis' clock. Requests that ask while an answer is under way ask together
 * in the next round trip, those with equal demands by one call: exact, and the busier a node is the less each costs. A
 * leased counter is asked for permits ahead as well, so that most requests ask nobody.
 */
final class SharedCounters {

    /** Equal demands are decided together; all of them, or none. */
    private record Question(String epoch, List<Demand> demands, boolean believed) {}

    private record Sent(Question question, List<Rounds.Waiting<Question, Verdict>> group, Response<Object> answer) {}

    private record Charge(LimitCounter counter, long units) {}

    /** What a bucket was charged for a request that is not admitted after all. */
    private record Undo(LimitCounter counter, long moment, long units) {}

    private final UnifiedJedis redis;
    private final Supplier<Share> share;
    private final Memory memory;
    private final BooleanSupplier away;
    private final Consumer<JedisException> lost;
    private final Rounds<Question, Verdict> rounds = new Rounds<>(this::ask);
    private final Leases leases;
    private final Queue<Charge> charges = new ConcurrentLinkedQueue<>();
    private final Queue<Undo> undone = new ConcurrentLinkedQueue<>();
    private final LongAdder roundTrips = new LongAdder();
    private volatile long clockOffset = Long.MIN_VALUE;

    /**
     * @param share of this node among those that count together
     * @param away whether Redis is known to be: then nobody waits for it
     * @param lost is told when it does not answer
     * @param wake whoever calls {@link #settle} soon
     */
    SharedCounters(
            UnifiedJedis redis,
            Supplier<Share> share,
            Memory memory,
            BooleanSupplier away,
            Consumer<JedisException> lost,
            Runnable wake) {
        this.redis = redis;
        this.share = share;
        this.memory = memory;
        this.away = away;
        this.lost = lost;
        leases = new Leases(wake);
    }

    /** What can be said without asking; null when Redis has to be asked, and then it has to be by the caller. */
    @Nullable
    Verdict known(List<Demand> demands) {
        return known(demands, true);
    }

    private @Nullable Verdict known(List<Demand> demands, boolean first) {
        if (demands.getFirst().mode() != Mode.LEASED) {
            return null;
        }
        var verdict = new Verdict(demands.size());
        for (int i = 0; i < demands.size(); i++) {
            var demand = demands.get(i);
            var taken = demand.mode() == Mode.LEASED ? leases.take(demand, verdict, i, first) : Lease.Taken.UNKNOWN;
            if (taken != Lease.Taken.YES) {
                putBack(demands, verdict, i);
                if (taken != Lease.Taken.REFUSED) {
                    return null;
                }
                for (int j = 0; j < demands.size(); j++) {
                    if (j != i) {
                        look(demands.get(j), verdict, j);
                    }
                }
                return verdict;
            }
        }
        return verdict;
    }

    /** Says what is known without asking. */
    void look(Demand demand, Verdict verdict, int place) {
        leases.look(demand, verdict, place);
    }

    /**
     * Asks Redis.
     *
     * @param epoch in which the counts are believed
     * @param believed whether the counts are: only then permits are taken ahead
     * @return null when another epoch has begun
     * @throws JedisException when Redis does not answer; then it may or may not have counted
     */
    @Nullable
    Verdict decide(String epoch, List<Demand> demands, boolean believed) {
        if (believed) {
            leases.want(demands);
        }
        var verdict = rounds.ask(new Question(epoch, demands, believed));
        return verdict == Verdict.FREE ? null : verdict;
    }

    private void ask(List<Rounds.Waiting<Question, Verdict>> waiting) {
        try {
            askAll(waiting);
        } catch (JedisException e) {
            // before the next round begins, which would wait for it once more
            lost.accept(e);
            throw e;
        }
    }

    private void askAll(List<Rounds.Waiting<Question, Verdict>> waiting) {
        var groups = new LinkedHashMap<Question, List<Rounds.Waiting<Question, Verdict>>>();
        for (var one : waiting) {
            // who waited for this round may meet what the one before has brought
            var known = one.question().believed ? known(one.question().demands, false) : null;
            if (known == null) {
                groups.computeIfAbsent(one.question(), _ -> new ArrayList<>()).add(one);
            } else {
                one.answer(known);
            }
        }
        if (groups.isEmpty()) {
            return;
        }
        if (away.getAsBoolean()) {
            throw new JedisConnectionException("Redis did not answer those who asked before");
        }
        roundTrips.increment();
        long asked = System.nanoTime();
        if (groups.size() == 1) {
            groups.forEach((question, group) -> tell(
                    question,
                    group,
                    Script.LIMITS.run(redis, keys(question), arguments(question, group.size())),
                    asked));
            return;
        }
        var sent = new ArrayList<Sent>();
        try (var pipeline = redis.pipelined()) {
            groups.forEach((question, group) -> sent.add(new Sent(
                    question,
                    group,
                    pipeline.evalsha(Script.LIMITS.sha(), keys(question), arguments(question, group.size())))));
        }
        for (var one : sent) {
            try {
                tell(one.question, one.group, one.answer.get(), asked);
            } catch (JedisNoScriptException e) {
                var arguments = arguments(one.question, one.group.size());
                tell(one.question, one.group, redis.eval(Script.LIMITS.text(), keys(one.question), arguments), asked);
            } catch (JedisException e) {
                // this counter's own trouble, such as a full Redis
                one.group.forEach(asker -> asker.fail(e));
            }
        }
    }

    private static List<String> keys(Question question) {
        return LimitCounts.keys(question.demands.stream().map(Demand::counter).toList());
    }

    private List<String> arguments(Question question, int asking) {
        var wants = new ArrayList<Want>(question.demands.size());
        for (var demand : question.demands) {
            boolean ahead = question.believed && demand.mode() == Mode.LEASED;
            wants.add(new Want(demand.counter(), demand.cost(), ahead ? leases.wish(demand, asking) : 0));
        }
        return LimitCounts.decide(question.epoch, nodes(), asking, wants);
    }

    private void tell(Question question, List<Rounds.Waiting<Question, Verdict>> group, Object said, long asked) {
        var answer = LimitCounts.answer(said);
        if (answer.missed()) {
            group.forEach(one -> one.answer(Verdict.FREE));
            return;
        }
        long received = memory.micros();
        clockOffset = answer.now() * 1_000 - received;
        boolean all = answer.admitted() == group.size();
        for (int i = 0; i < question.demands.size() && question.believed; i++) {
            var demand = question.demands.get(i);
            var state = answer.states().get(i);
            long dated = received + (state.ends() - answer.now()) * 1_000;
            memory.granted(demand.counter(), answer.admitted() * demand.cost() + state.ahead(), dated, state.used());
            long refused = !all && state.left() < demand.cost() ? demand.cost() : 0;
            if (demand.mode() == Mode.LEASED || refused > 0) {
                leases.put(demand, Lease.granted(state, asked, dated, 0, refused));
            }
        }
        for (int position = 0; position < group.size(); position++) {
            group.get(position).answer(verdict(question, answer, position));
        }
    }

    /** For the one that asked as the n-th, from zero: permits go to those who asked first. */
    private static Verdict verdict(Question question, Answer answer, int position) {
        var verdict = new Verdict(question.demands.size());
        for (int i = 0; i < question.demands.size(); i++) {
            var state = answer.states().get(i);
            long cost = question.demands.get(i).cost();
            if (position < answer.admitted()) {
                long before = (answer.admitted() - 1 - position) * cost;
                verdict.room(i, state.left() + state.ahead() + before, state.reset());
                verdict.dated(i, question.demands.get(i).counter().bucket() ? answer.now() : state.ends());
            } else if (state.left() < cost) {
                verdict.refuse(i, state.left(), state.next());
            } else {
                verdict.room(i, state.left(), state.reset());
            }
        }
        return verdict;
    }

    /** What was taken for a request that is not admitted after all. */
    void putBack(List<Demand> demands, Verdict verdict, int many) {
        for (int i = 0; i < many; i++) {
            var demand = demands.get(i);
            var grant = verdict.grant(i);
            if (grant != null) {
                leases.add(demand.counter(), grant.put(demand.cost()));
            } else if (verdict.dated(i) > 0 && demand.counter().bucket()) {
                undone.add(new Undo(demand.counter(), verdict.dated(i), demand.cost()));
            } else if (verdict.dated(i) > 0) {
                leases.add(demand.counter(), new Lease.Unused(verdict.dated(i), 0, demand.cost()));
            }
        }
    }

    /** Units that are known only now. */
    void charge(LimitCounter counter, long units) {
        charges.add(new Charge(counter, units));
    }

    /** Is there anything that should not wait for long? */
    boolean hasToSend() {
        return !charges.isEmpty() || !undone.isEmpty() || leases.hasToSend();
    }

    /**
     * Gives back what was taken ahead and not used in time, charges what is owed, and asks for more of what is used and
     * runs out soon: all in one round trip, for which no request waits.
     *
     * @param believed whether the counts are: only then permits are taken ahead
     * @return whether there was anything to ask
     * @throws JedisException when Redis does not answer; then it stays counted until its window is over
     */
    boolean settle(String epoch, boolean believed) {
        var more = leases.more();
        try {
            return send(epoch, leases.expired(), believed ? more : List.of());
        } finally {
            more.forEach(one -> one.renewal().here().countDown());
        }
    }

    /** Gives back all that is held. */
    void giveBackAll(String epoch) {
        send(epoch, leases.drain(), List.of());
    }

    /** Redis is silent: nobody waits for it, and nothing that is held is used any more, since nobody knows what became of it. */
    void abandon(JedisException cause) {
        rounds.abandon(() -> new JedisConnectionException("Redis was found silent meanwhile", cause));
        leases.forget();
        undone.clear();
    }

    private boolean send(String epoch, List<Leases.Return> returns, List<Leases.More> more) {
        var calls = new ArrayList<Script.Call>();
        for (var one : returns) {
            var unused = one.unused();
            calls.add(new Script.Call(
                    LimitCounts.keys(List.of(one.counter())),
                    LimitCounts.back(epoch, one.counter(), unused.ends(), unused.permits())));
            memory.returned(one.counter(), unused.permits(), unused.dated());
        }
        for (var next = undone.poll(); next != null; next = undone.poll()) {
            calls.add(new Script.Call(
                    LimitCounts.keys(List.of(next.counter)),
                    LimitCounts.undo(epoch, next.counter, next.moment, next.units)));
        }
        int before = calls.size();
        var owed = new ArrayList<Charge>();
        for (var next = charges.poll(); next != null; next = charges.poll()) {
            owed.add(next);
            calls.add(new Script.Call(
                    LimitCounts.keys(List.of(next.counter)), LimitCounts.charge(epoch, next.counter, next.units)));
        }
        for (var one : more) {
            var counter = one.demand().counter();
            var wanted = one.renewal();
            calls.add(new Script.Call(
                    LimitCounts.keys(List.of(counter)),
                    LimitCounts.renew(epoch, nodes(), counter, wanted.wish(), wanted.rest(), wanted.ends())));
        }
        if (calls.isEmpty()) {
            return false;
        }
        long asked = System.nanoTime();
        try {
            var answers = Script.LIMITS.runAll(redis, calls);
            for (int i = 0; i < owed.size(); i++) {
                if (LimitCounts.missed(answers.get(before + i))) {
                    charges.add(owed.get(i));
                }
            }
            for (int i = 0; i < more.size(); i++) {
                renewed(more.get(i), answers.get(before + owed.size() + i), asked);
            }
            return true;
        } catch (JedisException e) {
            // counted twice, perhaps, rather than never
            owed.forEach(one -> memory.charge(one.counter, one.units, share.get()));
            throw e;
        }
    }

    private void renewed(Leases.More one, Object said, long asked) {
        var answer = LimitCounts.answer(said);
        if (answer.missed()) {
            return;
        }
        var state = answer.states().getFirst();
        long rest = state.ends() == one.renewal().ends() ? one.renewal().rest() : 0;
        if (state.ahead() == 0 && rest < one.renewal().wish()) {
            // near the edge: what is at hand is used up, and then each asks
            return;
        }
        long dated = memory.micros() + (state.ends() - answer.now()) * 1_000;
        memory.granted(one.demand().counter(), state.ahead(), dated, state.used());
        leases.put(one, Lease.granted(state, asked, dated, rest, 0));
    }

    private int nodes() {
        return share.get().nodes();
    }

    /** Microseconds by which Redis' clock is ahead of this node's own; {@link Long#MIN_VALUE} before the first answer. */
    long clockOffset() {
        return clockOffset;
    }

    long roundTrips() {
        return roundTrips.sum();
    }

    Leases leases() {
        return leases;
    }
}
