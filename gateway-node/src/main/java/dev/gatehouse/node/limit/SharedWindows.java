package dev.gatehouse.node.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Counts all nodes together: one script, on Redis' clock. Requests that ask while an answer is under way ask together
 * in the next round trip, those of one counter by one call: exact, and the busier a node is the less each costs. A
 * leased counter is asked for permits ahead as well, so that most requests ask nobody.
 */
final class SharedWindows {

    private static final Duration PROBE_SPAN = Duration.ofSeconds(1);

    private record Sent(Counter counter, List<Rounds.Waiting<Counter, Decision>> group, Response<Object> answer) {}

    private final UnifiedJedis redis;
    private final IntSupplier nodes;
    private final Script window = Script.read("window.lua");
    private final Script back = Script.read("back.lua");
    private final Rounds<Counter, Decision> rounds = new Rounds<>(this::ask);
    private final Leases leases = new Leases();

    /** @param nodes how many share the counters, this one included */
    SharedWindows(UnifiedJedis redis, IntSupplier nodes) {
        this.redis = redis;
        this.nodes = nodes;
    }

    /** @throws JedisException when Redis does not answer; then it may or may not have counted */
    Decision decide(Counter counter) {
        var known = known(counter);
        return known == null ? rounds.ask(counter) : known;
    }

    /** What can be said without asking; null when Redis has to be asked. */
    private @Nullable Decision known(Counter counter) {
        return counter.leased() ? leases.take(counter) : null;
    }

    private void ask(List<Rounds.Waiting<Counter, Decision>> waiting) {
        var groups = new LinkedHashMap<Counter, List<Rounds.Waiting<Counter, Decision>>>();
        for (var one : waiting) {
            // who waited for this round may meet what the one before has brought
            var known = known(one.question());
            if (known == null) {
                groups.computeIfAbsent(one.question(), _ -> new ArrayList<>()).add(one);
            } else {
                one.answer(known);
            }
        }
        if (groups.isEmpty()) {
            return;
        }
        long asked = System.nanoTime();
        if (groups.size() == 1) {
            groups.forEach((counter, group) ->
                    tell(counter, group, evaluate(counter.key(), arguments(counter, group.size())), asked));
            return;
        }
        var sent = new ArrayList<Sent>();
        try (var pipeline = redis.pipelined()) {
            groups.forEach((counter, group) -> sent.add(new Sent(
                    counter,
                    group,
                    pipeline.evalsha(window.sha(), List.of(counter.key()), arguments(counter, group.size())))));
        }
        for (var one : sent) {
            try {
                tell(one.counter, one.group, one.answer.get(), asked);
            } catch (JedisNoScriptException e) {
                tell(one.counter, one.group, run(one.counter.key(), arguments(one.counter, one.group.size())), asked);
            } catch (JedisException e) {
                // this counter's own trouble, such as a full Redis
                one.group.forEach(asker -> asker.fail(e));
            }
        }
    }

    private List<String> arguments(Counter counter, int requests) {
        return List.of(
                Long.toString(counter.limit()),
                Long.toString(counter.span().toMillis()),
                Integer.toString(requests),
                Long.toString(counter.leased() ? leases.wish(counter, requests) : 0),
                Integer.toString(Math.max(1, nodes.getAsInt())));
    }

    private void tell(Counter counter, List<Rounds.Waiting<Counter, Decision>> group, Object said, long asked) {
        var answer = Answer.of(said);
        if (counter.leased()) {
            leases.put(counter, Lease.granted(answer, asked, answer.admitted() < group.size()));
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer(answer.of(i));
        }
    }

    private Object evaluate(String key, List<String> arguments) {
        try {
            return redis.evalsha(window.sha(), List.of(key), arguments);
        } catch (JedisNoScriptException e) {
            return run(key, arguments);
        }
    }

    /** A restarted Redis has forgotten the script, and has not counted; this runs it and makes it known. */
    private Object run(String key, List<String> arguments) {
        return redis.eval(window.text(), List.of(key), arguments);
    }

    /**
     * Gives back what was taken ahead and not used in time.
     *
     * @throws JedisException when Redis does not answer; then it stays counted until its window is over
     */
    void giveBackExpired() {
        giveBack(leases.expired());
    }

    /** Gives back all that is held. */
    void giveBackAll() {
        giveBack(leases.drain());
    }

    private void giveBack(List<Leases.Return> returns) {
        if (returns.isEmpty()) {
            return;
        }
        try (var pipeline = redis.pipelined()) {
            for (var one : returns) {
                // seldom enough to be sent as text each time, which needs no second try
                pipeline.eval(
                        back.text(),
                        List.of(one.counter().key()),
                        List.of(
                                Long.toString(one.unused().bucket()),
                                Long.toString(one.unused().permits())));
            }
        }
    }

    /**
     * Counts on a key of its own: a Redis that is full, or a replica, answers a ping and still counts nothing.
     *
     * @throws JedisException when Redis does not count
     */
    void probe() {
        decide(new Counter("probe", Integer.MAX_VALUE, PROBE_SPAN, false));
    }
}
