package dev.gatehouse.db.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A script and its name.
 *
 * @param sha what Redis calls it
 */
public record Script(String text, String sha) {

    /** Decides, charges and gives back: every count of every limit. */
    public static final Script LIMITS = read("limits.lua");

    /** Which epoch the counts are of, and who is present. */
    public static final Script ROLL_CALL = read("rollcall.lua");

    /** The requests that are on their way. */
    public static final Script SLOTS = read("slots.lua");

    /** What is used of a quota, and what each node holds of it. */
    public static final Script QUOTA = read("quota.lua");

    public static Script of(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    /** @param resource beside this class */
    static Script read(String resource) {
        try (var stream = Script.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One run of a script. */
    public record Call(List<String> keys, List<String> arguments) {}

    /**
     * Runs it so often in one round trip.
     *
     * @return what each answered
     */
    public List<Object> runAll(UnifiedJedis redis, List<Call> calls) {
        var sent = new ArrayList<Response<Object>>();
        try (var pipeline = redis.pipelined()) {
            calls.forEach(call -> sent.add(pipeline.evalsha(sha, call.keys, call.arguments)));
        }
        var answers = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                answers.add(sent.get(i).get());
            } catch (JedisNoScriptException e) {
                answers.add(run(redis, calls.get(i).keys, calls.get(i).arguments));
            }
        }
        return answers;
    }

    /** A restarted Redis has forgotten the script, and has done nothing; then this makes it known. */
    public Object run(UnifiedJedis redis, List<String> keys, List<String> arguments) {
        try {
            return redis.evalsha(sha, keys, arguments);
        } catch (JedisNoScriptException e) {
            return redis.eval(text, keys, arguments);
        }
    }
}
