package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void letsInSoManyAndRefusesTheRestAtOnceWhereNoneWaits() {
        var bulkhead = new Bulkhead(2, 0, LONG);
        assertThat(enter(bulkhead)).isTrue();
        assertThat(enter(bulkhead)).isTrue();
        assertThat(bulkhead.full()).isFalse();
        assertThat(enter(bulkhead)).isFalse();
        assertThat(bulkhead.full()).isTrue();
        bulkhead.leave();
        assertThat(bulkhead.full()).as("before anybody else comes").isFalse();
        assertThat(enter(bulkhead)).isTrue();
        assertThat(bulkhead.full()).isFalse();
    }

    @Test
    void callsThoseWhoWaitInTheirOrder() {
        var bulkhead = new Bulkhead(1, 2, LONG);
        assertThat(enter(bulkhead)).isTrue();
        waiting(bulkhead, "first");
        waiting(bulkhead, "second");
        assertThat(enter(bulkhead)).isFalse();

        bulkhead.leave();
        await().until(() -> said.equals(List.of("first true")));
        assertThat(bulkhead.waiting()).isEqualTo(1);
        bulkhead.leave();
        await().until(() -> said.equals(List.of("first true", "second true")));
        bulkhead.leave();
        assertThat(bulkhead.running()).isZero();
    }

    @Test
    void whoWaitedTooLongIsRefusedAndLeavesNothingBehind() {
        var bulkhead = new Bulkhead(1, 1, Duration.ofMillis(1));
        assertThat(enter(bulkhead)).isTrue();
        assertThat(enter(bulkhead)).isFalse();
        assertThat(bulkhead.waiting()).isZero();
        bulkhead.leave();
        assertThat(bulkhead.running()).isZero();
    }

    @Test
    void whoIsGoneWaitsNoMore() {
        var bulkhead = new Bulkhead(1, 1, LONG);
        assertThat(enter(bulkhead)).isTrue();
        var exchange = Exchanges.get("/");
        var waiting = Thread.ofVirtual().start(() -> said.add("gone " + bulkhead.enter(exchange)));
        await().until(() -> bulkhead.waiting() == 1);
        exchange.abandon();
        await().until(() -> !waiting.isAlive());
        assertThat(said).containsExactly("gone false");
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void aBoundThatGrowsLetsThoseInWhoWait() {
        var bulkhead = new Bulkhead(0, 5, LONG);
        waiting(bulkhead, "one");
        waiting(bulkhead, "two");
        bulkhead.limit(2);
        await().until(() -> said.size() == 2);
        assertThat(bulkhead.running()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck")
    void neverRunsMoreThanItsBoundAndLosesNone() throws InterruptedException {
        var bulkhead = new Bulkhead(3, 50, LONG);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new Thread[40];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 200; n++) {
                    if (enter(bulkhead)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        bulkhead.leave();
                    }
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(bulkhead.running()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    private void waiting(Bulkhead bulkhead, String name) {
        int before = bulkhead.waiting();
        Thread.ofVirtual().start(() -> said.add(name + " " + enter(bulkhead)));
        await().until(() -> bulkhead.waiting() == before + 1);
    }

    private static boolean enter(Bulkhead bulkhead) {
        return bulkhead.enter(Exchanges.get("/"));
    }
}
