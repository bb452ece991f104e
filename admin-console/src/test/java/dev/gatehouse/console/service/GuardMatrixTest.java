package dev.gatehouse.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the page of a service, and the list of all, say of its guards. */
class GuardMatrixTest extends AdminAtWork {

    @Test
    void showsWhatKeepsTheServiceFromHarmOnEachNodeAndWhyItHoldsBack() {
        publish(guarded());
        report("gateway-1", List.of(), List.of(state(closed(), new ServiceState.Room(12, 20, 200, 0, 10, false))));
        report("gateway-2", List.of(), List.of(state(open(), new ServiceState.Room(7, 7, 200, 10, 10, true))));
        report("gateway-3", List.of(), List.of());

        open("services/users", ServicesView.class);

        eventually(() -> shows(matrix(), "gateway-3"));
        assertThat(text(matrix()))
                .contains("closed", "open", "not known")
                .contains("12 of 20", "7 of 7, full", "0 of 10", "10 of 10", "20 of at most 200")
                .contains(" on gateway-2: open since 2 Jan 2026, ")
                .contains(", as 11 of 20 calls failed; the next request passes at 2 Jan 2026, ")
                .contains(" on gateway-2: all requests that it may have at once are running; others are refused");

        report("gateway-2", List.of(), List.of(state(closed(), new ServiceState.Room(3, 8, 200, 0, 10, false))));
        eventually(() -> shows(matrix(), "3 of 8"));
        assertThat(text(matrix())).doesNotContain("calls failed", "are refused");
    }

    @Test
    void showsNothingOfWhatTheServiceDoesNotHave() {
        publish(users());
        report("gateway-1", List.of(), List.of());
        open("services/users", ServicesView.class);

        eventually(() -> shows(find(TargetMatrix.class).single(), "gateway-1"));
        assertThat(matrix().getChildren()).isEmpty();
    }

    @Test
    void theListSaysThatACircuitIsOpen() {
        publish(guarded(), route("users-api", "/api/users/**"));
        open("services", ServicesView.class);
        var room = new ServiceState.Room(0, 20, 200, 0, 10, false);
        report("gateway-1", List.of(), List.of(state(open(), room)));
        eventually(() -> says("circuit open"));
        report("gateway-2", List.of(), List.of(state(closed(), room)));
        eventually(() -> says("open on 1 of 2 nodes"));
        report("gateway-1", List.of(), List.of(state(closed(), room)));
        eventually(() -> says("in use"));
    }

    /** The one that is shown now: what stands beside the list is drawn anew when circuits change. */
    private GuardMatrix matrix() {
        return find(GuardMatrix.class).single();
    }

    private static Edit.Put guarded() {
        var service = Map.of(
                "targets",
                List.of("http://127.0.0.1:9101"),
                "resilience",
                Map.of(
                        "breaker", Map.of("active", true),
                        "bulkhead", Map.of("queue", 10),
                        "adaptive", Map.of("active", true, "most", 200)));
        return new Edit.Put("users", Settings.read(Service.class, service).orThrow(), 0);
    }

    private static ServiceState state(ServiceState.Circuit circuit, ServiceState.Room room) {
        return new ServiceState("users", Optional.of(circuit), Optional.of(room));
    }

    private static ServiceState.Circuit closed() {
        var since = Instant.parse("2026-01-01T03:04:05Z");
        return new ServiceState.Circuit(ServiceState.Condition.CLOSED, since, "", Instant.EPOCH);
    }

    private static ServiceState.Circuit open() {
        var since = Instant.parse("2026-01-02T03:04:05Z");
        return new ServiceState.Circuit(
                ServiceState.Condition.OPEN, since, "11 of 20 calls failed", since.plusSeconds(5));
    }

    private static String text(Component component) {
        return component.getElement().getTextRecursively();
    }

    private boolean says(String health) {
        return find(Grid.class).all().stream().anyMatch(grid -> {
            @SuppressWarnings("unchecked")
            var rows = (Grid<ServiceRow>) grid;
            return rows.getListDataView()
                    .getItems()
                    .anyMatch(row -> row.health().word().equals(health));
        });
    }
}
