package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one service, as one configuration has them: gives out one for each attempt. A pick reads one
 * reference, takes no lock and makes one object.
 *
 * @param <R> how endpoints are reached
 */
public final class Balance<R> {

    private final LongSupplier nanos;
    private final Watch.Maker watches;
    private final AtomicLong turn = new AtomicLong();
    private volatile @Nullable Group<R> group;

    /** @param watches asked for each endpoint that comes in */
    public Balance(Watch.Maker watches, LongSupplier nanos) {
        this.watches = watches;
        this.nanos = nanos;
    }

    /** From now on these are the endpoints. */
    public void candidates(List<Candidate<R>> candidates) {
        candidates.forEach(candidate -> candidate.endpoint().watch(watches));
        group = candidates.isEmpty() ? null : new Turns<>(candidates, turn);
    }

    /**
     * An endpoint for an attempt.
     *
     * @param previous the last pick of this exchange, by which all that were tried are known; null for the first
     * @return null when none is left that could take it
     */
    public @Nullable Pick<R> pick(Exchange exchange, @Nullable Pick<R> previous) {
        var usable = group;
        var candidate = usable == null ? null : usable.take(exchange, previous);
        return candidate == null ? null : new Pick<>(this, candidate, previous, now());
    }

    Pick<R> again(Candidate<R> candidate, Pick<R> previous) {
        return new Pick<>(this, candidate, previous, now());
    }

    /** How many endpoints could be used now. */
    public int size() {
        var usable = group;
        return usable == null ? 0 : usable.size();
    }

    void answered(Endpoint endpoint, int status, long elapsed) {
        endpoint.watch().answered(status, elapsed);
    }

    void failed(Endpoint endpoint, Failure failure, long elapsed) {
        endpoint.watch().failed(failure, elapsed);
    }

    long now() {
        return nanos.getAsLong();
    }
}
