package dev.gatehouse.node.backend.dns;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The names that are followed. An answer holds for as long as its records say, within bounds, and is asked for anew before
 * anybody has to wait; the last good one stands in for a name server that fails, and for a name that is suddenly unknown.
 */
public final class Names {

    /** A record that is not to be kept at all must not make a name server busy with nothing else. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** A change is noticed within that time, whatever the records say. */
    private static final Duration MOST = Duration.ofSeconds(30);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Lookup lookup;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<Question, Followed> followed = new ConcurrentHashMap<>();

    public Names(Lookup lookup) {
        this(lookup, System::nanoTime);
    }

    Names(Lookup lookup, LongSupplier nanos) {
        this.lookup = lookup;
        this.nanos = nanos;
    }

    /** What is known now, at once. Asked again and again it stays true: look-ups begin where they are due. */
    public Answer now(Question question) {
        return followed(question).now();
    }

    /** Done when the first look-up has ended, well or not. */
    public CompletableFuture<?> first(Question question) {
        var name = followed(question);
        name.now();
        return name.first;
    }

    /** Forgets what nobody has asked for lately. */
    public void sweep() {
        long now = nanos.getAsLong();
        followed.values().removeIf(name -> now - name.asked > FORGOTTEN_NANOS);
    }

    private Followed followed(Question question) {
        return followed.computeIfAbsent(question, Followed::new);
    }

    private final class Followed {
        private final Question question;
        private final CompletableFuture<Void> first = new CompletableFuture<>();
        private volatile Answer answer = Answer.NONE;
        private volatile long asked = nanos.getAsLong();
        private long due = asked;
        private boolean running;

        private Followed(Question question) {
            this.question = question;
        }

        private Answer now() {
            var known = answer;
            long now = nanos.getAsLong();
            asked = now;
            boolean begin;
            synchronized (this) {
                begin = !running && now - due >= 0;
                running |= begin;
            }
            if (begin) {
                var _ = lookup.ask(question).whenComplete(this::answered);
            }
            return known;
        }

        private void answered(Lookup.@Nullable Found found, @Nullable Throwable failure) {
            if (found != null) {
                answer = found.after(answer);
            } else {
                answer = new Answer(answer.places(), reason(Objects.requireNonNull(failure)));
            }
            var holds = found == null || !found.missing().isEmpty() ? AFTER_FAILURE : bounded(found.ttl());
            synchronized (this) {
                due = nanos.getAsLong() + holds.toNanos();
                running = false;
            }
            first.complete(null);
        }
    }

    private static Duration bounded(Duration ttl) {
        if (ttl.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return ttl.compareTo(MOST) < 0 ? ttl : MOST;
    }

    private static String reason(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
