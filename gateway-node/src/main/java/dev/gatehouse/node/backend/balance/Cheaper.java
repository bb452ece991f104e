package dev.gatehouse.node.backend.balance;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;

/**
 * Of two that are drawn by weight, the one that costs less; of equals the one drawn first, so that weights hold where
 * nothing is busy. Who looks at all and takes the best sends everybody to the same one. M. Mitzenmacher, 1996.
 */
final class Cheaper<R> extends Group<R> {

    private static final int DRAWS = 4;

    private final ToDoubleFunction<Endpoint> cost;
    private final double[] bounds;

    Cheaper(List<Candidate<R>> candidates, ToDoubleFunction<Endpoint> cost) {
        super(candidates);
        this.cost = cost;
        bounds = new double[candidates.size()];
        double sum = 0;
        for (int i = 0; i < bounds.length; i++) {
            sum += candidates.get(i).weight();
            bounds[i] = sum;
        }
    }

    @Override
    int draw(Exchange exchange) {
        int one = byWeight();
        int other = one;
        for (int i = 0; i < DRAWS && other == one && bounds.length > 1; i++) {
            other = byWeight();
        }
        if (other == one) {
            other = (one + 1) % bounds.length;
        }
        return cost(other) < cost(one) ? other : one;
    }

    private double cost(int position) {
        var candidate = get(position);
        return cost.applyAsDouble(candidate.endpoint()) / candidate.weight();
    }

    private int byWeight() {
        double at = ThreadLocalRandom.current().nextDouble() * bounds[bounds.length - 1];
        int low = 0;
        int high = bounds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at < bounds[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
