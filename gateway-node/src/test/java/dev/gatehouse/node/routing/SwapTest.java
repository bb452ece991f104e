package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.node.conformance.RawUpstream;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thousands of routes are exchanged while requests run: each is answered by its route, whichever table it met. */
class SwapTest {

    private static final int ROUTES = 3_000;
    private static final int SWAPS = 40;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 200;

    private final Compiling compiling = new Compiling();
    private final RawUpstream upstream = new RawUpstream();
    private final Gateway gateway = new Gateway();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean swapped = new AtomicBoolean();

    @AfterEach
    void close() {
        compiling.close();
        upstream.close();
    }

    @Test
    void failsNoRequest() throws InterruptedException {
        var snapshots = List.of(snapshot(0), snapshot(1), snapshot(2));
        var table = compiling.compile(snapshots.getFirst(), RouteTable.NONE).table();
        gateway.swap(table);
        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            var random = new Random(i);
            clients.add(Thread.ofVirtual().start(() -> ask(random)));
        }
        for (int i = 1; i <= SWAPS; i++) {
            int before = answered.get();
            var compiled = compiling.compile(snapshots.get(i % snapshots.size()), table);
            assertThat(compiled.problems()).isEmpty();
            carriesOver(table, compiled.table());
            table = compiled.table();
            gateway.swap(table);
            // each table is met by some
            await().until(() -> answered.get() > before + CLIENTS || !failures.isEmpty());
        }
        swapped.set(true);
        for (var client : clients) {
            client.join();
        }

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(CLIENTS * REQUESTS - 1);
    }

    private static void carriesOver(RouteTable before, RouteTable after) {
        Set<CompiledRoute> living = Collections.newSetFromMap(new IdentityHashMap<>());
        living.addAll(before.routes().values());
        assertThat(after.routes().values().stream().filter(living::contains)).hasSize(ROUTES / 2);
    }

    private void ask(Random random) {
        for (int asked = 0; asked < REQUESTS || !swapped.get(); asked++) {
            int number = random.nextInt(ROUTES);
            var exchange = Exchanges.get("/r" + number + "/users/" + asked);
            try (var answer = gateway.handle(exchange)) {
                if (answer.status() != 200 || !("route-" + number).equals(exchange.route())) {
                    failures.add(exchange.path() + ": " + answer.status() + " by " + exchange.route());
                    return;
                }
                answered.incrementAndGet();
            }
        }
    }

    /** Of each two generations every other route is the same. */
    private Snapshot snapshot(int generation) {
        var routes = new LinkedHashMap<String, Route>();
        for (int i = 0; i < ROUTES; i++) {
            var rewrite = i % 2 == 0 ? "/v" + generation + "/{id}" : "/v/{id}";
            routes.put("route-" + i, Compiling.route(Match.of("/r" + i + "/users/{id}"), rewrite));
        }
        var service = Compiling.service("http://127.0.0.1:" + upstream.port());
        var patient = new Service(
                service.targets(), Duration.ofSeconds(20), Duration.ofSeconds(20), service.protocol(), service.tls());
        return new Snapshot(Map.of("users", patient), routes, Map.of(), Map.of());
    }
}
