package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The same for the same key, by {@link Rendezvous}, unless it has more than its part of what runs, and some headroom;
 * then the next best for the key that has not. V. Mirrokni, M. Thorup and M. Zadimoghaddam, 2016. A ring with points would
 * have to hold hundreds of them for each candidate to be as even, and is walked no faster for as many as a service has.
 */
final class Hashing<R> extends Group<R> {

    private final HashKey key;
    private final double headroom;
    private final long[] names;
    private final double[] parts;

    /** @param headroom 0.25: a quarter more than its part */
    Hashing(List<Candidate<R>> candidates, HashKey key, double headroom) {
        super(candidates);
        this.key = key;
        this.headroom = headroom;
        names = candidates.stream()
                .mapToLong(candidate -> Rendezvous.hash(candidate.endpoint().toString()))
                .toArray();
        double sum = candidates.stream().mapToDouble(Candidate::weight).sum();
        parts = candidates.stream()
                .mapToDouble(candidate -> candidate.weight() / sum)
                .toArray();
    }

    @Override
    int draw(Exchange exchange) {
        long subject = key.of(exchange);
        return best(subject == HashKey.NONE ? ThreadLocalRandom.current().nextLong() : subject);
    }

    private int best(long subject) {
        double running = 1;
        for (int i = 0; i < names.length; i++) {
            running += get(i).endpoint().running();
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < names.length; i++) {
            // there is always one with room: if all had their bound, they would have more than runs
            double bound = Math.ceil(running * parts[i] * (1 + headroom));
            if (get(i).endpoint().running() < bound) {
                double score = Rendezvous.score(subject, names[i], get(i).weight());
                if (score < least) {
                    least = score;
                    best = i;
                }
            }
        }
        return best < 0 ? (int) Math.floorMod(subject, (long) names.length) : best;
    }
}
