package dev.gatehouse.console.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Limits guessing: 5 failures from one address for one user in 5 minutes, and 50 for one user from anywhere. An attempt
 * is counted before its password is checked and taken back when it was right, so that a burst of guesses gets no more.
 */
final class Attempts {

    static final int FROM_ONE_ADDRESS = 5;
    static final int FOR_ONE_USER = 50;
    static final Duration SPAN = Duration.ofMinutes(5);

    private static final int REMEMBERED = 20_000;

    private final Clock clock;
    private final Cache<String, Deque<Instant>> counted;

    Attempts(Clock clock) {
        this.clock = clock;
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.counted = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(SPAN)
                .ticker(ticker)
                .build();
    }

    /** Counts an attempt. When there were too many: how long to wait, and nothing is counted. */
    synchronized Optional<Duration> count(String user, String address) {
        var here = of(user, address);
        var anywhere = of(user, "");
        var now = clock.instant();
        var wait = longer(wait(here, FROM_ONE_ADDRESS, now), wait(anywhere, FOR_ONE_USER, now));
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        here.addLast(now);
        anywhere.addLast(now);
        counted.put(key(user, address), here);
        counted.put(key(user, ""), anywhere);
        return Optional.empty();
    }

    /** The password was right: what was counted from this address is taken back. */
    synchronized void forgive(String user, String address) {
        var here = of(user, address);
        of(user, "").removeAll(here);
        counted.invalidate(key(user, address));
    }

    private Deque<Instant> of(String user, String address) {
        return counted.get(key(user, address), _ -> new ArrayDeque<>());
    }

    private static String key(String user, String address) {
        return address + " " + user;
    }

    private static Duration wait(Deque<Instant> attempts, int most, Instant now) {
        while (!attempts.isEmpty() && !attempts.getFirst().plus(SPAN).isAfter(now)) {
            attempts.removeFirst();
        }
        return attempts.size() < most
                ? Duration.ZERO
                : Duration.between(now, attempts.getFirst().plus(SPAN));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
