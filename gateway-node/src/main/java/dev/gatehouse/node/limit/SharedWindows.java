package dev.gatehouse.node.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Counts all nodes together: one round trip, one script, on Redis' clock. */
final class SharedWindows {

    private final UnifiedJedis redis;
    private final String script = read("window.lua");
    private final String sha = sha1(script);

    SharedWindows(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** @throws redis.clients.jedis.exceptions.JedisException when Redis does not answer; then it may or may not have counted */
    Decision decide(String subject, long limit, Duration span) {
        var answer = evaluate(
                List.of("gatehouse:limit:{" + subject + "}"),
                List.of(Long.toString(limit), Long.toString(span.toMillis())));
        long time = Math.max(0, (Long) answer.get(2));
        return (Long) answer.get(0) == 1
                ? new Decision.Admitted((Long) answer.get(1), time)
                : new Decision.Refused(Math.max(1, time));
    }

    private List<?> evaluate(List<String> keys, List<String> arguments) {
        try {
            return (List<?>) redis.evalsha(sha, keys, arguments);
        } catch (JedisNoScriptException e) {
            // a restarted Redis has forgotten it, and has not counted; this runs it and makes it known
            return (List<?>) redis.eval(script, keys, arguments);
        }
    }

    /**
     * Counts on a key of its own: a Redis that is full, or a replica, answers a ping and still counts nothing.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when Redis does not count
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
