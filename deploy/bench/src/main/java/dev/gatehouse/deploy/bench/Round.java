package dev.gatehouse.deploy.bench;

/**
 * What a few seconds of load have shown.
 *
 * @param seconds how long the load was on
 * @param cpuSeconds what the contender's processes took of its core, by the kernel's account
 * @param othersSeconds what everybody else took of that core
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param refused answers of 400 and above
 * @param broken connections that failed or were silent
 */
record Round(
        long requests,
        double seconds,
        double cpuSeconds,
        double othersSeconds,
        double p50,
        double p99,
        long refused,
        long broken) {

    boolean valid() {
        return requests > 0 && refused == 0 && broken == 0;
    }

    double rate() {
        return requests / seconds;
    }

    /** Microseconds. */
    double cpu() {
        return cpuSeconds * 1e6 / requests;
    }

    /** Of the core: far below 1, the load was the limit and not the contender. */
    double used() {
        return cpuSeconds / seconds;
    }

    /** Of the core. */
    double others() {
        return othersSeconds / seconds;
    }
}
