package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The same for the same key, by {@link Rendezvous}, unless it has more than its part of what runs, and some headroom;
 * then the next best for the key that has not. V. Mirrokni, M. Thorup and M. Zadimoghaddam, 2016. A ring with points would
 * have to hold hundreds of them for each candidate to be as even, and is walked no faster for as many as a service has.
 */
final class Hashing<R> extends Group<R> {

    private final HashKey key;
    private final double headroom;
    private final long[] names;

    /** @param headroom 0.25: a quarter more than its part */
    Hashing(List<Candidate<R>> candidates, HashKey key, double headroom) {
        super(candidates);
        this.key = key;
        this.headroom = headroom;
        names = candidates.stream()
                .mapToLong(candidate -> Rendezvous.hash(candidate.endpoint().toString()))
                .toArray();
    }

    /** Whoever does not take it is passed over as if it were not there: what it had goes to all others by their parts. */
    @Override
    @Nullable
    Candidate<R> take(Exchange exchange, @Nullable Pick<R> previous) {
        long subject = subject(exchange);
        var out = new BitSet();
        while (out.cardinality() < size()) {
            int best = best(subject, out);
            if (get(best).takes(previous)) {
                return get(best);
            }
            out.set(best);
        }
        return null;
    }

    @Override
    int draw(Exchange exchange) {
        return best(subject(exchange), new BitSet());
    }

    private long subject(Exchange exchange) {
        long subject = key.of(exchange);
        return subject == HashKey.NONE ? ThreadLocalRandom.current().nextLong() : subject;
    }

    /** @param out not asked; not all */
    private int best(long subject, BitSet out) {
        double running = 1;
        double weight = 0;
        for (int i = out.nextClearBit(0); i < names.length; i = out.nextClearBit(i + 1)) {
            running += get(i).endpoint().running();
            weight += get(i).weight();
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = out.nextClearBit(0); i < names.length; i = out.nextClearBit(i + 1)) {
            // there is always one with room: if all had their bound, they would have more than runs
            double bound = Math.ceil(running * get(i).weight() / weight * (1 + headroom));
            if (get(i).endpoint().running() < bound) {
                double score = Rendezvous.score(subject, names[i], get(i).weight());
                if (score < least) {
                    least = score;
                    best = i;
                }
            }
        }
        // meanwhile more run
        return best < 0 ? out.nextClearBit(0) : best;
    }
}
