package dev.gatehouse.node.resilience;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.resilience.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Chooses what a node refuses that has more to do than it can, or hardly any memory left. */
public final class Overload implements Door {

    private static final int PRIORITIES = Priority.values().length;

    /** Of the heap, in percent: from here on requests of each priority are refused; the most important never. */
    private static final int[] HEAP = {101, 95, 90, 80};

    /** Of the wait that begins it, what is left of it while it lasts. */
    private static final int LESS = 10;

    private final Admission admission;
    private final StandingQueue queue;
    private volatile int heapPercent;
    /** Of those consumers that do not have the usual one. */
    private volatile Map<String, Priority> consumers = Map.of();

    /** @param tolerated what a request may wait for a thread; zero: for ever */
    public Overload(Duration tolerated) {
        this(tolerated, () -> ThreadLocalRandom.current().nextLong(), new Carriers());
    }

    /** @param ready how much is ready to be done, beyond what is about to be */
    Overload(Duration tolerated, RandomGenerator random, IntSupplier ready) {
        queue = new StandingQueue(tolerated.isZero() ? Long.MAX_VALUE : tolerated.toNanos());
        admission = new Admission(PRIORITIES * PRIORITIES, tolerated.toNanos() / LESS, random, ready);
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

    /** What is told of probes goes there, by the thread that takes the steps. */
    StandingQueue queue() {
        return queue;
    }

    /** Once in {@link Admission#STEP}. */
    void step(long now, int heap) {
        admission.step(queue.step(), queue.stands(now));
        heapPercent = heap;
    }
}
