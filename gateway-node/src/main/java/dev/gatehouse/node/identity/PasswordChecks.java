package dev.gatehouse.node.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.db.key.Passwords;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords: two at a time on threads of their own, so that guessing takes neither the memory nor the carriers of
 * all other requests; what was right is remembered under a code that only this process can make.
 */
public final class PasswordChecks implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REMEMBERED = 50_000;
    private static final String ALGORITHM = "HmacSHA256";

    private record Right(Logins.Holder holder, long at) {}

    private final Logins logins;
    private final InstantSource clock;
    private final SecretKeySpec code = new SecretKeySpec(random(), ALGORITHM);
    private final String nobody = Passwords.hash(Base64.getEncoder().encodeToString(random()));
    private final Cache<String, Right> right = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("gatehouse-passwords-", 0).factory());

    public PasswordChecks(Logins logins, InstantSource clock) {
        this.logins = logins;
        this.clock = clock;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Too many are being checked, or checking takes too long. */
    public static final class BusyException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Whose password it is, when it was checked not longer ago; null when it would have to be checked. */
    public Logins.@Nullable Holder known(String user, String password, Duration remember) {
        var known = right.getIfPresent(code(user, password));
        return known != null
                        && clock.millis() - known.at < remember.toMillis()
                        && known.holder.equals(logins.user(user))
                ? known.holder
                : null;
    }

    /** Whose password it is; empty when it is wrong, which takes as long for a user who is not there. */
    public Optional<Logins.Holder> check(String user, String password) throws BusyException {
        var holder = logins.user(user);
        var hash = holder == null ? nobody : holder.kept();
        try {
            boolean matches = threads.submit(() -> Passwords.matches(password, hash))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (holder == null || !matches) {
                return Optional.empty();
            }
            right.put(code(user, password), new Right(holder, clock.millis()));
            return Optional.of(holder);
        } catch (RejectedExecutionException | TimeoutException | ExecutionException e) {
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }

    public boolean isCurrent(Logins.Holder holder, String user) {
        return holder.equals(logins.user(user));
    }

    private String code(String user, String password) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(code);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
