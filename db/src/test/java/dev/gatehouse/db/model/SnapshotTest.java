package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private final Snapshot snapshot = new Snapshot(
            Map.of("b", service(2), "a", service(1), "c", service(3)),
            Map.of("r", route("/r", "a")),
            Map.of("web-shop", consumer("")),
            Map.of());

    @Test
    void sortsByName() {
        assertThat(snapshot.services().keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void findsAThingByKindAndName() {
        assertThat(snapshot.find(Kind.SERVICE, "a")).contains(service(1));
        assertThat(snapshot.find(Kind.ROUTE, "r")).contains(route("/r", "a"));
        assertThat(snapshot.find(Kind.CONSUMER, "web-shop")).contains(consumer(""));
        assertThat(snapshot.find(Kind.ROUTE, "a")).isEmpty();
    }

    @Test
    void cannotBeChanged() {
        var services = new HashMap<>(Map.of("a", service(1)));
        var copy = new Snapshot(services, Map.of(), Map.of(), Map.of());
        services.clear();
        assertThat(copy.services()).containsOnlyKeys("a");
        assertThatThrownBy(() -> copy.services().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void knowsTheKindOfAThing() {
        assertThat(Kind.of(service(1))).isEqualTo(Kind.SERVICE);
        assertThat(Kind.of(route("/r", "a"))).isEqualTo(Kind.ROUTE);
        assertThat(Kind.of(consumer(""))).isEqualTo(Kind.CONSUMER);
        for (var kind : Kind.values()) {
            assertThat(Kind.stored(kind.toString())).isEqualTo(kind);
        }
    }
}
