package dev.gatehouse.node.resilience;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.resilience.Priority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Notices that a node has more to do than it can, and chooses what is refused. The signal is a standing queue: the
 * shortest delay of a tenth of a second, as in CoDel (RFC 8289), so that a pause of the collector is not one.
 */
public final class Overload implements Door, AutoCloseable {

    private static final int STEP_MILLIS = 20;
    private static final int STEPS = 5;
    private static final int PRIORITIES = Priority.values().length;

    /** Of the heap, in percent: from here on requests of each priority are refused; the most important never. */
    private static final int[] HEAP = {101, 95, 90, 80};

    private final Admission admission = new Admission(
            PRIORITIES * PRIORITIES, () -> ThreadLocalRandom.current().nextLong());
    private final HeapUse heap = new HeapUse();
    private final long tolerated;
    private final Delay delay;
    private final Thread ticker;
    private volatile int heapPercent;
    /** Of those consumers that do not have the usual one. */
    private volatile Map<String, Priority> consumers = Map.of();

    /** @param tolerated the delay that is no overload; zero: none is */
    public Overload(Duration tolerated) {
        this.tolerated = tolerated.isZero() ? Long.MAX_VALUE : tolerated.toNanos();
        try {
            delay = new Delay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ticker = Thread.ofPlatform().daemon().name("overload").start(this::run);
    }

    /** From now on those count, by name. */
    public void take(Map<String, Consumer> configured) {
        consumers = configured.entrySet().stream()
                .filter(entry -> entry.getValue().priority() != Priority.NORMAL)
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().priority()));
    }

    @Override
    public boolean admits(Priority route, Supplier<Optional<String>> consumer) {
        if (heapPercent >= HEAP[route.rank()]) {
            return false;
        }
        var known = consumers;
        var second = admission.sheds() && !known.isEmpty()
                ? consumer.get().map(known::get).orElse(Priority.NORMAL)
                : Priority.NORMAL;
        return admission.admits(route.rank() * PRIORITIES + second.rank());
    }

    /** One sentence when requests are refused. */
    public List<String> problems() {
        int percent = heapPercent;
        if (percent >= HEAP[Priority.LOW.rank()]) {
            return List.of("This node is short of memory (" + percent
                    + " % of its heap are in use): requests of lower priority are refused.");
        }
        return admission.sheds()
                ? List.of("This node is overloaded: requests are refused, those of lower priority first.")
                : List.of();
    }

    @Override
    public void close() {
        ticker.interrupt();
        try {
            delay.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try {
            while (true) {
                long shortest = Long.MAX_VALUE;
                for (int i = 0; i < STEPS; i++) {
                    delay.send();
                    Thread.sleep(STEP_MILLIS);
                    shortest = Math.min(shortest, delay.nanos());
                }
                admission.step(shortest > tolerated);
                heapPercent = heap.percent(System.nanoTime());
            }
        } catch (InterruptedException | IOException e) {
            // closed
        }
    }
}
