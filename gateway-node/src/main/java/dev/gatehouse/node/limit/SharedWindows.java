package dev.gatehouse.node.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Counts all nodes together: one script, on Redis' clock. Requests that ask while an answer is under way ask together
 * in the next round trip, those of one counter by one call: exact, and the busier a node is the less each costs.
 */
final class SharedWindows {

    /** What is asked of Redis, the same for all requests that one counter counts under one limit. */
    private record Question(String subject, long limit, Duration span) {

        List<String> keys() {
            return List.of("gatehouse:limit:{" + subject + "}");
        }

        List<String> arguments(int requests) {
            return List.of(Long.toString(limit), Long.toString(span.toMillis()), Integer.toString(requests));
        }
    }

    private record Sent(Question question, List<Rounds.Waiting<Question, Decision>> group, Response<Object> answer) {}

    private final UnifiedJedis redis;
    private final String script = read("window.lua");
    private final String sha = sha1(script);
    private final Rounds<Question, Decision> rounds = new Rounds<>(this::ask);

    SharedWindows(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** @throws JedisException when Redis does not answer; then it may or may not have counted */
    Decision decide(String subject, long limit, Duration span) {
        return rounds.ask(new Question(subject, limit, span));
    }

    private void ask(List<Rounds.Waiting<Question, Decision>> waiting) {
        var groups = new LinkedHashMap<Question, List<Rounds.Waiting<Question, Decision>>>();
        for (var one : waiting) {
            groups.computeIfAbsent(one.question(), _ -> new ArrayList<>()).add(one);
        }
        if (groups.size() == 1) {
            groups.forEach((question, group) -> tell(group, evaluate(question, group.size())));
            return;
        }
        var sent = new ArrayList<Sent>();
        try (var pipeline = redis.pipelined()) {
            groups.forEach((question, group) -> sent.add(new Sent(
                    question, group, pipeline.evalsha(sha, question.keys(), question.arguments(group.size())))));
        }
        for (var one : sent) {
            try {
                tell(one.group, one.answer.get());
            } catch (JedisNoScriptException e) {
                tell(one.group, run(one.question, one.group.size()));
            } catch (JedisException e) {
                // this counter's own trouble, such as a full Redis
                one.group.forEach(asker -> asker.fail(e));
            }
        }
    }

    /** Permits go to those who asked first. */
    private static void tell(List<Rounds.Waiting<Question, Decision>> group, Object answer) {
        var numbers = (List<?>) answer;
        long admitted = (Long) numbers.get(0);
        long left = (Long) numbers.get(1);
        long reset = Math.max(0, (Long) numbers.get(2));
        long wait = Math.max(1, (Long) numbers.get(3));
        for (int i = 0; i < group.size(); i++) {
            group.get(i)
                    .answer(
                            i < admitted
                                    ? new Decision.Admitted(left + admitted - 1 - i, reset)
                                    : new Decision.Refused(wait));
        }
    }

    private Object evaluate(Question question, int requests) {
        try {
            return redis.evalsha(sha, question.keys(), question.arguments(requests));
        } catch (JedisNoScriptException e) {
            return run(question, requests);
        }
    }

    /** A restarted Redis has forgotten the script, and has not counted; this runs it and makes it known. */
    private Object run(Question question, int requests) {
        return redis.eval(script, question.keys(), question.arguments(requests));
    }

    /**
     * Counts on a key of its own: a Redis that is full, or a replica, answers a ping and still counts nothing.
     *
     * @throws JedisException when Redis does not count
     */
    void probe() {
        decide("probe", Integer.MAX_VALUE, Duration.ofSeconds(1));
    }

    private static String sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private static String read(String resource) {
        try (var stream = SharedWindows.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
