package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.example.Examples;
import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An example passes exactly when a node does with its request what it says. */
class ExamplesTest {

    private static final String ORIGIN = "https://api.example:8443";
    private static final Handler SERVICE = exchange -> {
        var refusal = exchange.refusal();
        return refusal == null ? new Response(200, new Headers(), Body.empty()) : refusal.toResponse();
    };

    @Test
    void passExactlyWhenANodeDoesWhatTheySay() {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 150; seed++) {
            var random = new RandomConfiguration(new Random(seed));
            var snapshot = random.snapshot();
            var table = table(snapshot);
            for (int i = 0; i < 10; i++) {
                var example = random.example();
                var outcome = outcome(table, example);
                outcomes.add(snapshot.routes().containsKey(outcome) ? "a route" : outcome);
                for (var expected : random.expectations()) {
                    assertThat(Examples.check(
                                    with(snapshot, RandomConfiguration.expecting(example, expected)), Instant.now()))
                            .as("seed " + seed + ": " + example + " gets " + outcome + ", expected " + expected)
                            .hasSize(expected.equals(outcome) ? 0 : 1);
                }
            }
        }
        assertThat(outcomes)
                .contains(
                        "a route",
                        "no-route",
                        "method-not-allowed",
                        "version-missing",
                        "version-unknown",
                        "version-not-acceptable",
                        "version-retired");
    }

    private static Snapshot with(Snapshot snapshot, Example example) {
        var name = snapshot.routes().keySet().iterator().next();
        var route = snapshot.routes().get(name);
        return route == null ? snapshot : snapshot.with(name, RandomConfiguration.carrying(route, example));
    }

    private static RouteTable table(Snapshot snapshot) {
        Map<String, CompiledRoute> routes = new HashMap<>();
        snapshot.routes()
                .forEach((name, route) -> routes.put(
                        name,
                        new CompiledRoute(
                                name, route, route.match().criteria(), RouteServices.of(route, snapshot), SERVICE)));
        return new RouteTable(
                routes,
                new Recognition(snapshot),
                headers -> headers.first("X-API-Key").map(consumer -> new Caller(consumer, "12345678")));
    }

    /** The route that answers, or the code of the refusal. */
    private static String outcome(RouteTable table, Example example) {
        var exchange = exchange(example);
        var response = table.match(exchange).handle(exchange);
        var rejection = response.rejection();
        return rejection == null
                ? Optional.ofNullable(exchange.route()).orElseThrow()
                : rejection.refusal().code();
    }

    private static Exchange exchange(Example example) {
        var words = example.request().split(" ", 2);
        var headers = new ArrayList<String>();
        example.headers().forEach(line -> headers.addAll(List.of(line.split(": ", 2))));
        if (!example.consumer().isEmpty()) {
            headers.addAll(List.of("X-API-Key", example.consumer()));
        }
        return Exchanges.of(words[0], words[1].substring(ORIGIN.length()), headers.toArray(String[]::new));
    }
}
