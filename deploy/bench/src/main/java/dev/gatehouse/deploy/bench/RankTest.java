package dev.gatehouse.deploy.bench;

import java.util.Arrays;

/**
 * Mann and Whitney's test, by the normal distribution and with the correction for ties.
 *
 * @param slower how often a sample of the first is greater than one of the second; ties count half
 * @param p how likely samples that differ so are where both come from one source
 */
record RankTest(double slower, double p) {

    static RankTest of(double[] first, double[] second) {
        var all = new double[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        Arrays.sort(all);
        var own = first.clone();
        Arrays.sort(own);
        double ranks = 0;
        double ties = 0;
        int mine = 0;
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            while (mine < own.length && own[mine] == all[from]) {
                ranks += rank;
                mine++;
            }
            double tied = to - from;
            ties += tied * tied * tied - tied;
            from = to;
        }
        double n = first.length;
        double m = second.length;
        double u = ranks - n * (n + 1) / 2;
        double deviation = Math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
        return new RankTest(u / (n * m), 2 * upperTail(Math.abs(u - n * m / 2) / deviation));
    }

    /** Of the normal distribution: Abramowitz and Stegun, 26.2.17, good to 7.5e-8. */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double sum = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
    }

    static double quantile(double[] samples, double quantile) {
        var sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) (quantile * (sorted.length - 1))];
    }
}
