package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.balance.Rendezvous;
import java.util.List;

/**
 * Draws one of several things, each as often as its weight says.
 *
 * <p>A subject that is to stay has it drawn by {@link Rendezvous}: when one weight grows, subjects move there and nowhere
 * else; with ranges on one line, every border behind it would move, and with it subjects between things whose weights
 * stayed.
 */
final class Draw {

    private final long[] names;
    private final long[] weights;
    private final long sum;

    /**
     * @param weights 0 or more, as many as there are names
     * @throws IllegalArgumentException when all are 0
     */
    Draw(List<String> names, List<Long> weights) {
        this.names = names.stream().mapToLong(Rendezvous::hash).toArray();
        this.weights = weights.stream().mapToLong(Long::longValue).toArray();
        sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum <= 0) {
            throw new IllegalArgumentException("a split needs a weight above 0");
        }
    }

    /** @param chance in [0, 1) */
    int byChance(double chance) {
        long at = (long) (chance * sum);
        for (int i = 0; ; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
    }

    /** @param subject from {@link Rendezvous#hash}; the same again is given the same */
    int forSubject(long subject) {
        int winner = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < names.length; i++) {
            if (weights[i] > 0) {
                double score = Rendezvous.score(subject, names[i], (double) weights[i]);
                if (score < least) {
                    least = score;
                    winner = i;
                }
            }
        }
        return winner;
    }
}
