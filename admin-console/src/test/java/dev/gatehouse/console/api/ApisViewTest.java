package dev.gatehouse.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.console.route.RoutesView;
import dev.gatehouse.db.live.VersionCalls.Caller;
import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApisViewTest extends AdminAtWork {

    private static Edit.Put api() {
        return new Edit.Put(
                "users",
                new Api(
                        List.of(new VersionNaming.InHeader("X-Version")),
                        List.of(new ApiVersion("v1", "2020-01-01", "", "", "v2", false), ApiVersion.current("v2")),
                        "v2",
                        Api.Unknown.REFUSE,
                        false),
                Edit.ANY);
    }

    private static Edit.Put versioned(String name, String path, String version, String example) {
        return new Edit.Put(
                name,
                Settings.read(
                                Route.class,
                                Map.of(
                                        "match",
                                        Map.of("path", path, "api", "users", "version", version),
                                        "forward",
                                        Map.of("service", "users"),
                                        "examples",
                                        List.of(example)))
                        .orThrow(),
                Edit.ANY);
    }

    @Test
    void saysWhatToDoWhileThereIsNoApi() {
        var view = open("apis", ApisView.class);
        assertThat(shows(view, "No API yet")).isTrue();
        press("Create the first API");
        assertThat(shows(panel(), "New API")).isTrue();
    }

    @Test
    void tellsWhoStillCallsAnOldVersion() {
        publish(api(), webShop());
        console.versions()
                .add(
                        clock.instant(),
                        Map.of(new Caller("users", "v1", "web-shop"), 7L, new Caller("users", "v1", ""), 2L));
        open("apis/users", ApisView.class);
        assertThat(shows(panel(), "deprecated")).isTrue();
        assertThat(shows(panel(), "1 consumer called v1 in the last 30 days.")).isTrue();
        assertThat(shows(panel(), "web-shop77")).isTrue();
        assertThat(shows(panel(), "without a valid key22")).isTrue();
        assertThat(shows(panel(), "Nobody called v2 in the last 30 days.")).isTrue();
    }

    @Test
    void keepsAVersionThatARouteTakes() {
        publish(users(), api(), versioned("users-v2", "/users", "v2", "GET /users"));
        open("apis/users", ApisView.class);
        assertThat(shows(panel(), "users-v2")).isTrue();
        press("Delete");
        assertThat(shows(question(), "These routes belong to it.")).isTrue();
    }

    @Test
    void refusesARouteWhoseExampleBreaksBesideTheExample() {
        publish(users(), api(), versioned("users-v2", "/users", "v2", "GET /users"));
        open("routes/users-v2", RoutesView.class);
        type("Path", "/people");
        press("Publish");
        assertThat(shows(panel(), "'GET /users' is expected to get this route, but gets no-route")
                        || problem("Request").contains("is expected to get this route, but gets no-route"))
                .isTrue();
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void refusesARouteThatBreaksTheExampleOfAnother() {
        publish(users(), api(), versioned("users-v2", "/users/**", "v2", "GET /users/7"), route("other", "/other"));
        open("routes/other", RoutesView.class);
        type("Path", "/users/{id}");
        press("Publish");
        assertThat(shows(panel(), "Not published.")).isTrue();
        assertThat(shows(panel(), "routes.users-v2.examples[0]")).isTrue();
        assertThat(revision()).isEqualTo(1);
    }
}
