package dev.gatehouse.node.quota;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.node.limit.Demand;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.limit.Share;
import dev.gatehouse.node.limit.Silence;
import dev.gatehouse.node.limit.Slots;
import dev.gatehouse.node.limit.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The limiters of the nodes of a fleet, on the same Redis. */
final class Limiters implements AutoCloseable {

    private final List<Limiter> nodes;

    Limiters(Fleet fleet) {
        nodes = IntStream.range(0, Fleet.NODES)
                .mapToObj(i -> new Limiter(
                        fleet.redis(i),
                        "boot-" + i,
                        "node-" + i,
                        () -> new Share(Fleet.NODES, i),
                        Clock.systemUTC(),
                        () -> System.nanoTime() / 1_000,
                        new Silence()))
                .toList();
        counting();
    }

    void counting() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> nodes.stream().allMatch(node -> node.figures().standing() == Standing.COUNTING));
    }

    /** How many of those that ask in turn on all nodes are admitted. */
    int admitted(String limit, long requests, Mode mode, int asking) {
        var demand = new Demand(
                new LimitCounter(limit, "ann", requests, Duration.ofHours(1), 0), 1, mode, WithoutRedis.LOCAL);
        return (int) IntStream.range(0, asking)
                .filter(i -> nodes.get(i % Fleet.NODES).decide(List.of(demand)).admitted())
                .count();
    }

    /** How many of those that ask in turn on all nodes get a slot. */
    int slots(LimitCounter counter, int asking) {
        return (int) IntStream.range(0, asking)
                .filter(i ->
                        nodes.get(i % Fleet.NODES).slots().take(counter, WithoutRedis.LOCAL) == Slots.Outcome.TAKEN)
                .count();
    }

    void release(LimitCounter counter, int node, int times) {
        for (int i = 0; i < times; i++) {
            nodes.get(node).slots().release(counter);
        }
    }

    @Override
    public void close() {
        nodes.forEach(Limiter::close);
    }
}
