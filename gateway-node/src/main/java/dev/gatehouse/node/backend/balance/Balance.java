package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.exchange.Exchange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one service, as one configuration has them: gives out one for each attempt. A pick reads one
 * reference, takes no lock and makes one object.
 *
 * @param <R> how endpoints are reached
 */
public final class Balance<R> {

    /** What it is told, and whom it asks. */
    public record Terms(
            Balancing balancing,
            Ejection ejection,
            Watch.Maker watches,
            Stickiness.Seal seal,
            LongSupplier nanos,
            InstantSource clock) {

        public static Terms of(Service service, Watch.Maker watches, Stickiness.Seal seal) {
            return new Terms(
                    service.balancing(), service.ejection(), watches, seal, System::nanoTime, InstantSource.system());
        }
    }

    private final Terms terms;
    private final Ejector ejector;
    private final Consumer<Balance<R>> changed;
    private final boolean timed;
    private final AtomicLong turn = new AtomicLong();
    private final Stickiness<R> stickiness;
    private boolean settled;
    private volatile List<Candidate<R>> candidates = List.of();
    private volatile View<R> view = new View<>(List.of(), 0, false);

    /** @param changed what is done when an endpoint goes out of use or comes back; at least {@link #refresh} */
    public Balance(Terms terms, Consumer<Balance<R>> changed) {
        this(terms, new Ejector(terms.clock()), changed);
    }

    private Balance(Terms terms, Ejector ejector, Consumer<Balance<R>> changed) {
        this.terms = terms;
        this.ejector = ejector;
        this.changed = changed;
        timed = terms.balancing().algorithm() == Balancing.Algorithm.FASTEST;
        stickiness = new Stickiness<>(terms.balancing().sticky(), terms.seal());
    }

    /**
     * What takes its place by other terms. Once that has endpoints, these are judged by its terms, also by what becomes of
     * picks of this one, which from then on is only to {@link #look}.
     */
    public Balance<R> next(Terms other) {
        return new Balance<>(other, ejector, changed);
    }

    /** From now on these are the endpoints. */
    public void candidates(List<Candidate<R>> all) {
        for (var candidate : all) {
            if (candidates.stream().noneMatch(known -> known.endpoint() == candidate.endpoint())) {
                candidate.endpoint().watch(terms.watches());
            }
        }
        stickiness.candidates(all);
        candidates = List.copyOf(all);
        ejector.members(
                terms.ejection(),
                all.stream()
                        .filter(candidate -> candidate.state() != Target.State.HELD)
                        .map(Candidate::endpoint)
                        .toList(),
                now());
        refresh();
    }

    /** No first endpoint is on its way any more. */
    public synchronized void settled() {
        settled = true;
        notifyAll();
    }

    /** Waits for endpoints where the first are on their way. False: there are none. */
    public synchronized boolean await(Duration time) {
        long due = System.nanoTime() + time.toNanos();
        try {
            while (candidates.isEmpty() && !settled) {
                long left = due - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !candidates.isEmpty();
    }

    public List<Candidate<R>> candidates() {
        return candidates;
    }

    /** Looks again at who can be used, and since when. */
    public synchronized void refresh() {
        long now = now();
        var slowly = terms.balancing().slowStart();
        boolean first = candidates.stream()
                .noneMatch(candidate -> candidate.endpoint().start().known());
        for (var candidate : candidates) {
            candidate.endpoint().start().used(candidate.usable(), first, slowly, now);
        }
        look();
    }

    /** As {@link #refresh}, where another balance says since when. */
    public synchronized void look() {
        view = View.of(candidates, terms.balancing(), this::group, now());
        notifyAll();
    }

    private Group<R> group(List<Candidate<R>> members) {
        var balancing = terms.balancing();
        return switch (balancing.algorithm()) {
            case ROUND_ROBIN -> new Turns<>(members, turn);
            case LEAST_BUSY -> new Cheaper<>(members, Endpoint::running);
            case FASTEST ->
                new Cheaper<>(members, endpoint -> endpoint.latency().cost(endpoint.running(), now()));
            case HASH ->
                new Hashing<>(
                        members, new HashKey(balancing.hash()), balancing.hash().headroom() / 100.0);
        };
    }

    /**
     * Time has passed: intervals are judged, parts grow.
     *
     * @return the endpoints whose ejection is over, if a probe says so: {@link #probed}
     */
    public List<Endpoint> tick() {
        long now = now();
        boolean ejected = ejector.sweep(now);
        if (ejected
                || candidates.stream()
                        .anyMatch(candidate -> !candidate.endpoint().start().full())) {
            changed.accept(this);
        }
        return ejector.due(now);
    }

    /** @param why it did not pass, in a few words */
    public void probed(Endpoint endpoint, boolean passed, String why) {
        ejector.probed(endpoint, passed, why, now());
        changed.accept(this);
    }

    /**
     * An endpoint for an attempt.
     *
     * @param previous the last pick of this exchange, by which all that were tried are known; null for the first
     * @return null when none is left that could take it
     */
    public @Nullable Pick<R> pick(Exchange exchange, @Nullable Pick<R> previous) {
        var candidate = stickiness.wanted(exchange);
        if (candidate == null || !candidate.endpoint().usable() || !candidate.takes(previous)) {
            candidate = view.take(exchange, previous);
        }
        return candidate == null ? null : new Pick<>(this, candidate, previous, now());
    }

    @Nullable
    String cookie(Exchange exchange, Endpoint endpoint) {
        return stickiness.cookie(exchange, endpoint);
    }

    /** How many endpoints could be used now. */
    public int size() {
        return view.usable();
    }

    /** Are all used because too few can be? */
    public boolean panics() {
        return view.panic();
    }

    void answered(Pick<R> pick, int status, long elapsed, long now) {
        var endpoint = pick.endpoint();
        if (timed) {
            endpoint.latency().answered(status, elapsed, now);
        }
        endpoint.watch().answered(status, elapsed, now);
        if (ejector.answered(pick, status, elapsed, now)) {
            changed.accept(this);
        }
        endpoint.leave(pick);
    }

    void failed(Pick<R> pick, Failure failure, long elapsed) {
        var endpoint = pick.endpoint();
        if (timed) {
            endpoint.latency().failed(elapsed, now());
        }
        endpoint.watch().failed(failure, elapsed);
        if (ejector.failed(pick, failure, elapsed, now())) {
            changed.accept(this);
        }
        endpoint.leave(pick);
    }

    /** @param broken whether it did not just stand still, as a stream may */
    void brokeOff(Endpoint endpoint, int status, long elapsed, boolean broken) {
        if (timed) {
            endpoint.latency().failed(0, now());
        }
        endpoint.watch().brokeOff(status, elapsed);
        if (broken && ejector.brokeOff(endpoint, status, now())) {
            changed.accept(this);
        }
    }

    Pick<R> again(Candidate<R> candidate, Pick<R> previous) {
        candidate.retaken();
        return new Pick<>(this, candidate, previous, now());
    }

    long now() {
        return terms.nanos().getAsLong();
    }
}
