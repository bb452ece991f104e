package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.db.store.TargetState.Condition;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One address of a service, with what this node knows of it. It is the same over the swap of a configuration for as long
 * as the service has that target and the target that address.
 */
public final class Endpoint {

    /**
     * What makes it the same.
     *
     * @param target as configured: {@link dev.gatehouse.db.model.Target#identity}
     * @param address one of those that the target's name stands for; null while that is looked up with each connection
     */
    public record Key(String target, @Nullable InetSocketAddress address) {

        /** {@code http://users.internal:8080 at 10.0.0.7:8080}. */
        @Override
        public String toString() {
            return address == null ? target : target + " at " + literal(address);
        }
    }

    private static final Object SOMEBODY = new Object();

    private final Key key;
    private final String name;
    private final AtomicInteger running = new AtomicInteger();
    private final PeakEwma latency = new PeakEwma();
    private final Window window = new Window();
    private final Slowly start = new Slowly();
    /** In a row. */
    private final AtomicInteger errors = new AtomicInteger();
    /** In a row. */
    private final AtomicInteger gatewayErrors = new AtomicInteger();
    /** Bodies, with none between that was complete. */
    private final AtomicInteger brokenOff = new AtomicInteger();

    /** The one that is let through while it is on trial: nobody, {@link #SOMEBODY} who is about to come, or a pick. */
    private final AtomicReference<@Nullable Object> trial = new AtomicReference<>();

    private volatile Watch watch = Watch.NONE;
    private volatile Verdict verdict = Verdict.none(Instant.EPOCH);
    private volatile @Nullable Ejected ejected;
    /** Ejections that still count against it, and since when there was none. */
    private int strikes;

    private long reinstated;

    public Endpoint(Key key) {
        this.key = key;
        name = key.toString();
    }

    /** As configured. */
    public String target() {
        return key.target();
    }

    public @Nullable InetSocketAddress address() {
        return key.address();
    }

    /** How many requests it is busy with, those of this node. */
    public int running() {
        return running.get();
    }

    public Watch watch() {
        return watch;
    }

    void watch(Watch.Maker maker) {
        watch = maker.watch(this, watch);
    }

    void begin(Pick<?> pick) {
        running.incrementAndGet();
        if (ejected != null) {
            trial.compareAndSet(SOMEBODY, pick);
        }
    }

    void end() {
        running.decrementAndGet();
    }

    PeakEwma latency() {
        return latency;
    }

    Window window() {
        return window;
    }

    Slowly start() {
        return start;
    }

    AtomicInteger errors() {
        return errors;
    }

    AtomicInteger gatewayErrors() {
        return gatewayErrors;
    }

    AtomicInteger brokenOff() {
        return brokenOff;
    }

    Verdict verdict() {
        return verdict;
    }

    /**
     * An active check has ended; one at a time.
     *
     * @param why what was seen, in a few words
     * @return whether it is to be used now when it was not, or the other way round
     */
    public boolean checked(boolean passed, String why, HealthCheck settings, Instant now) {
        boolean before = verdict.healthy();
        verdict = verdict.after(passed, why, settings, now);
        return verdict.healthy() != before;
    }

    /** It is used once it has passed a check. */
    public void unproven(Instant now) {
        verdict = Verdict.unproven(now);
    }

    /** Nobody checks it any more. True: it was held to be unhealthy. */
    public boolean unchecked() {
        boolean before = verdict.healthy();
        verdict = Verdict.none(Instant.EPOCH);
        return !before;
    }

    @Nullable
    Ejected ejected() {
        return ejected;
    }

    boolean usable() {
        var out = ejected;
        return verdict.healthy() && (out == null || out.trial());
    }

    /** False where one request at a time is let through, and there is one. */
    boolean enter() {
        var out = ejected;
        return out == null || !out.trial() || trial.compareAndSet(null, SOMEBODY);
    }

    /** Whoever was let through does not come. */
    void leave() {
        leave(SOMEBODY);
    }

    void leave(Object who) {
        if (ejected != null) {
            trial.compareAndSet(who, null);
        }
    }

    /** Is it the one that was let through? Others were under way before. */
    boolean tries(Pick<?> pick) {
        return trial.get() == pick;
    }

    /** One more; how long it is out for all that count against it now. Only time in use forgives. */
    Duration strike(long now, Ejection settings) {
        var time = settings.time();
        if (ejected == null) {
            strikes -= Math.toIntExact(Math.min(strikes, (now - reinstated) / time.toNanos()));
        }
        // what nobody will see is not counted, or it would have to be forgiven
        if (time.multipliedBy(strikes).compareTo(settings.longest()) < 0) {
            strikes++;
        }
        var bounded = time.multipliedBy(strikes);
        return bounded.compareTo(settings.longest()) < 0 ? bounded : settings.longest();
    }

    void eject(Ejected out) {
        ejected = out;
        trial.set(null);
    }

    void reinstate(long now) {
        ejected = null;
        trial.set(null);
        reinstated = now;
        errors.set(0);
        gatewayErrors.set(0);
        brokenOff.set(0);
        window.take();
    }

    EndpointState told(Condition condition, Instant since, String why) {
        return new EndpointState(key, condition, since, why);
    }

    /** {@code 10.0.0.7:8080}, {@code [2001:db8::1]:8080}. */
    public static String literal(InetSocketAddress address) {
        var text = address.getAddress().getHostAddress();
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + address.getPort();
    }

    /** For logs and traces, and what it is drawn by: the same on all nodes. */
    @Override
    public String toString() {
        return name;
    }
}
