package dev.gatehouse.deploy.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the p99 of some stretches is of that of others.
 *
 * @param ratio all of each kind together, since some seconds alone say little of one request in a hundred
 * @param low below that it is in a twentieth of what other stretches of the same kinds would have shown, as these were
 *     drawn from again and again
 * @param high the same above
 */
record Moved(double ratio, double low, double high) {

    private static final double PERCENT = 99;
    private static final int DRAWS = 1_000;
    private static final int TAIL = DRAWS / 20;

    /** Two stretches that followed each other. */
    record Pair(Latencies before, Latencies meanwhile) {}

    /** @param kinds the pairs of each; each counts with as many as it has */
    static Moved of(List<List<Pair>> kinds) {
        // the same figures give the same interval
        var random = new Random(1);
        var drawn = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            var sum = new Pair(new Latencies(), new Latencies());
            for (var pairs : kinds) {
                for (int j = 0; j < pairs.size(); j++) {
                    add(sum, pairs.get(random.nextInt(pairs.size())));
                }
            }
            drawn[i] = ratio(sum);
        }
        Arrays.sort(drawn);
        var all = new Pair(new Latencies(), new Latencies());
        kinds.forEach(pairs -> pairs.forEach(pair -> add(all, pair)));
        return new Moved(ratio(all), drawn[TAIL], drawn[DRAWS - 1 - TAIL]);
    }

    private static void add(Pair sum, Pair pair) {
        sum.before.add(pair.before);
        sum.meanwhile.add(pair.meanwhile);
    }

    private static double ratio(Pair pair) {
        return pair.meanwhile.percentile(PERCENT) / pair.before.percentile(PERCENT);
    }

    /** {@code 1.03 (0.98 to 1.09)}. */
    @Override
    public String toString() {
        return "%.2f (%.2f to %.2f)".formatted(ratio, low, high);
    }
}
