package dev.gatehouse.node.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** What was signed once and must not come again: told to all nodes through Redis, and remembered by this one. */
public final class Nonces {

    private static final String KEY = "gatehouse:nonce:";
    private static final int REMEMBERED = 200_000;

    private final Shared shared;
    private final InstantSource clock;
    /** Until when, by what. */
    private final Cache<String, Long> seen = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Tells all nodes, and hears whether one of them has told it before. */
    @FunctionalInterface
    public interface Shared {

        /** @throws RuntimeException when they cannot be told */
        boolean first(String key, Duration keep);
    }

    public Nonces(UnifiedJedis redis, InstantSource clock) {
        this((key, keep) -> redis.set(KEY + key, "", SetParams.setParams().nx().px(keep.toMillis())) != null, clock);
    }

    /** Over something else than Redis. */
    public static Nonces with(Shared shared, InstantSource clock) {
        return new Nonces(shared, clock);
    }

    private Nonces(Shared shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /** Whether it came for the first time. */
    public enum Answer {
        FIRST,
        AGAIN,
        /** It is the first time on this node; the others could not be asked. */
        FIRST_HERE
    }

    /** @param keep how long it is remembered */
    public Answer meet(String login, String nonce, Duration keep) {
        var id = login + ":" + sum(nonce);
        long now = clock.millis();
        var until = seen.asMap()
                .compute(id, (_, old) -> old != null && old > now ? -old : Long.valueOf(now + keep.toMillis()));
        if (until < 0) {
            seen.put(id, -until);
            return Answer.AGAIN;
        }
        try {
            return shared.first(id, keep) ? Answer.FIRST : Answer.AGAIN;
        } catch (RuntimeException e) {
            return Answer.FIRST_HERE;
        }
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
