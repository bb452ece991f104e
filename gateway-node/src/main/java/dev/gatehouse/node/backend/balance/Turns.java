package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Each in turn, as often as its weight says, and spread evenly: static stride scheduling. Turns go round; in each round a
 * candidate of the greatest weight is taken, one of half of it in every second. No lock, and no memory but a counter.
 */
final class Turns<R> extends Group<R> {

    /** Rounds after which everything repeats, and each has had exactly its share. */
    private static final long PERIOD = 1 << 16;

    private final AtomicLong turn;
    private final long[] strides;

    /** @param turn counts on, whichever group is asked */
    Turns(List<Candidate<R>> candidates, AtomicLong turn) {
        super(candidates);
        this.turn = turn;
        double most = candidates.stream().mapToDouble(Candidate::weight).max().orElse(1);
        strides = candidates.stream()
                .mapToLong(candidate -> Math.max(1, Math.round(candidate.weight() / most * PERIOD)))
                .toArray();
    }

    @Override
    int draw(Exchange exchange) {
        while (true) {
            long now = turn.getAndIncrement();
            int position = (int) Math.floorMod(now, (long) strides.length);
            long round = Math.floorDiv(now, (long) strides.length);
            // each begins at another point of its period, or all small ones would be taken in the same round
            long at = Math.floorMod(strides[position] * round + position * (PERIOD / 2 + 1), PERIOD);
            if (at + strides[position] >= PERIOD) {
                return position;
            }
        }
    }
}
