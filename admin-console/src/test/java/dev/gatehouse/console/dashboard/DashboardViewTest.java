package dev.gatehouse.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import dev.gatehouse.console.ViewTest;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.Latency;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardViewTest extends ViewTest {

    @Test
    void leadsThroughTheFirstStepsWhileNothingIsConfigured() {
        var view = open();

        eventually(() -> shows(view, "Point to a service"));
        assertThat(steps(view)).containsExactly("false", "false", "false", "false");
    }

    @Test
    void marksEachStepThatIsDone() {
        publish(new Edit.Put("users", service(), 0));
        var view = open();

        eventually(() -> steps(view).equals(List.of("true", "false", "false", "false")));
    }

    @Test
    void turnsTheLastStepGreenWhenTheFirstRequestArrives() {
        publicRoute();
        var view = open();
        eventually(() -> steps(view).equals(List.of("true", "true", "true", "false")));
        assertThat(shows(view, "Waiting for the first request.")).isTrue();

        serve(Map.of("2xx", 1L), Map.of());

        eventually(() -> shows(view, "The first request has arrived."));
        test(find(Button.class).withText("Open the dashboard").single()).click();
        assertThat(shows(view, "Traffic by outcome")).isTrue();
        assertThat(find(FirstSteps.class).all()).isEmpty();
    }

    @Test
    void showsRatesSharesAndReasonsOfTheLastMinute() {
        publicRoute();
        serve(Map.of("2xx", 90L, "5xx", 6L), Map.of("rate-limited", 4L));
        var view = open();

        eventually(() -> shows(view, "100 requests") && shows(view, "users-api"));
        assertThat(shows(view, "6 of 100 failed")).isTrue();
        assertThat(shows(view, "6.0 %")).isTrue();
        assertThat(shows(view, "rate-limited 4")).isTrue();
        assertThat(shows(view, "/api/users/**")).isTrue();
    }

    @Test
    void greysTheNumbersAndSaysSinceWhenOnceRedisIsAway() {
        publicRoute();
        serve(Map.of("2xx", 90L), Map.of());
        var view = open();
        eventually(() -> shows(view, "90 requests"));

        redis.close();
        // until then, a question that was answered before may be about to say when that was
        eventually(() -> !console.traffic().current().trouble().isEmpty());
        clock.forward(Duration.ofSeconds(5));

        eventually(() -> shows(view, "Redis has not answered since"));
        assertThat(find(Tiles.class).single().getClassNames()).contains("stale");
        assertThat(shows(view, "90 requests")).isTrue();
    }

    @Test
    void saysThatNoNodeReportsRatherThanShowingZeros() {
        publicRoute();
        serve(Map.of("2xx", 1L), Map.of());
        clock.forward(Duration.ofMinutes(5));
        var view = open();

        eventually(() -> shows(view, "No node reports traffic."));
        eventually(() -> shows(find(Tiles.class).single(), "–req/s"));
    }

    private DashboardView open() {
        signIn("admin", false);
        return navigate(DashboardView.class);
    }

    private List<String> steps(DashboardView view) {
        return find(com.vaadin.flow.component.html.ListItem.class, view).all().stream()
                .map(Component::getElement)
                .map(step -> String.valueOf(step.hasAttribute("data-done")))
                .toList();
    }

    private void publicRoute() {
        var route = new Route(
                Match.of("/api/users/**"),
                true,
                List.of(),
                new Forward("users", ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        publish(new Edit.Put("users", service(), 0), new Edit.Put("users-api", route, 0));
    }

    private static Service service() {
        return new Service(
                List.of(new Target("http://127.0.0.1:9101")),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
    }

    private void publish(Edit... edits) {
        assertThat(store.publish(List.of(edits), new Author("test", ""))).isInstanceOf(Publication.Published.class);
        eventually(() -> console.fleet()
                .current()
                .value()
                .filter(fleet -> fleet.version().revision() == 1)
                .isPresent());
    }

    private void serve(Map<String, Long> answers, Map<String, Long> refusals) {
        try (var client = Redis.open(redis.url(), "test", 1, Duration.ofSeconds(2))) {
            var counts = new Counts(answers, refusals, Map.of(Latency.bucket(9_000_000), 1L));
            new LiveTraffic(client).add(clock.instant().getEpochSecond() - 1, counts, Map.of("users-api", counts));
        }
        eventually(() ->
                console.traffic().current().value().filter(Traffic::everSeen).isPresent());
    }
}
