package dev.gatehouse.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.console.dashboard.DashboardView;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServicesViewTest extends AdminAtWork {

    @Test
    void saysWhatToDoWhileThereIsNoService() {
        var view = open("services", ServicesView.class);

        assertThat(shows(view, "No service yet")).isTrue();
        press("Create the first service");

        assertThat(shows(panel(), "New service")).isTrue();
    }

    @Test
    void publishesANewServiceAndFollowsItToTheNodes() {
        open("services?new", ServicesView.class);
        type("Name", "users");
        type("Target", "http://127.0.0.1:9101");
        type("Why", "the first one");

        assertThat(button("Publish").getText()).isEqualTo("Publish as rev 1");
        press("Publish");

        assertThat(service("users").targets()).containsExactly(new Target("http://127.0.0.1:9101"));
        assertThat(console.history().newest(1).getFirst().author()).isEqualTo("admin");
        assertThat(console.history().newest(1).getFirst().reason()).isEqualTo("the first one");
        assertThat(address()).isEqualTo("services/users");
        eventually(() -> told("Revision 1 is published. No gateway node has reported yet."));
        report("gateway-1");
        eventually(() -> told("Revision 1 live on 1 of 1 node ("));
        eventually(() -> button("Publish").getText().equals("Publish as rev 2"));
    }

    @Test
    void refusesAMalformedTargetBesideItsFieldAndKeepsTheInput() {
        open("services?new", ServicesView.class);
        type("Name", "users");
        type("Target", "127.0.0.1:9101/api");

        assertThat(problem("Target")).contains("must be http:// or https://, a host");
        press("Publish");

        assertThat(problem("Target")).contains("must be http:// or https://, a host");
        assertThat(field(TextField.class, "Target").getValue()).isEqualTo("127.0.0.1:9101/api");
        assertThat(field(TextField.class, "Name").getValue()).isEqualTo("users");
        assertThat(revision()).isZero();
    }

    @Test
    void refusesABlankNameAndOneThatIsTaken() {
        publish(users());
        open("services?new", ServicesView.class);
        type("Target", "http://127.0.0.1:9101");

        press("Publish");
        assertThat(problem("Name")).startsWith("A name must be given");

        type("Name", "users");
        assertThat(problem("Name")).isEqualTo("There is already a service 'users'; choose another name.");
        type("Name", "Users!");
        assertThat(problem("Name")).contains("must be 1 to 63 lower-case letters");
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void writesNothingWhenNothingChanged() {
        publish(users());
        open("services/users", ServicesView.class);

        press("Publish");

        assertThat(told("Nothing changed, so nothing was published.")).isTrue();
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void neverOverwritesWhatSomebodyElsePublishedMeanwhile() {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");
        publish(users("http://10.0.0.7:9101"));

        press("Publish");

        assertThat(shows(question(), "bob changed service 'users' in revision 2"))
                .isTrue();
        assertThat(shows(question(), "http://10.0.0.7:9101")).isTrue();
        assertThat(revision()).isEqualTo(2);
        press("Back to my input");
        assertThat(field(TextField.class, "Connect timeout").getValue()).isEqualTo("5s");

        press("Publish");
        press("Keep mine on top");

        var service = service("users");
        assertThat(service.connectTimeout()).hasSeconds(5);
        assertThat(service.targets()).containsExactly(new Target("http://127.0.0.1:9101"));
        assertThat(revision()).isEqualTo(3);
    }

    @Test
    void showsTheirsWhenAskedTo() {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");
        publish(users("http://10.0.0.7:9101"));
        press("Publish");

        press("Reload theirs");

        assertThat(field(TextField.class, "Connect timeout").getValue()).isEqualTo("2s");
        assertThat(field(TextField.class, "Target").getValue()).isEqualTo("http://10.0.0.7:9101");
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void publishesAgainWhatSomebodyElseDeletedOnlyWhenAskedTo() {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");
        publish(new Edit.Delete(dev.gatehouse.db.model.Kind.SERVICE, "users", Edit.ANY));

        press("Publish");
        assertThat(configured().services()).isEmpty();
        press("Keep mine on top");

        assertThat(service("users").connectTimeout()).hasSeconds(5);
    }

    @Test
    void namesTheRoutesThatNeedAServiceInsteadOfDeletingIt() {
        publish(users(), route("users-api", "/api/users/**"));
        open("services/users", ServicesView.class);

        press("Delete");

        assertThat(shows(question(), "users-api")).isTrue();
        press("Close");
        assertThat(configured().services()).containsKey("users");
    }

    @Test
    void saysSoWhenARouteBeganToUseTheServiceWhileItsDeletionWasAsked() {
        publish(users());
        open("services/users", ServicesView.class);
        press("Delete");
        publish(route("users-api", "/api/users/**"));

        press("Delete service");

        assertThat(shows(question(), "Route 'users-api' forwards to it")).isTrue();
        assertThat(configured().services()).containsKey("users");
    }

    @Test
    void deletesAndTakesItBackWithinTenSeconds() {
        publish(users());
        open("services/users", ServicesView.class);
        press("Delete");
        assertThat(shows(question(), "No route forwards to it")).isTrue();

        press("Delete service");
        assertThat(configured().services()).isEmpty();
        assertThat(address()).isEqualTo("services");

        press("Undo");
        assertThat(configured().services()).containsKey("users");
    }

    @Test
    void offersTheWayBackForTenSeconds() {
        publish(users());
        open("services/users", ServicesView.class);
        press("Delete");
        press("Delete service");
        clock.forward(Duration.ofSeconds(10));
        eventually(() -> told("Revision 2 is published. No gateway node has reported yet."));
        assertThat(find(Button.class).withText("Undo").exists()).isTrue();

        clock.forward(Duration.ofSeconds(1));

        eventually(() -> !find(Button.class).withText("Undo").exists());
    }

    @Test
    void asksOnceBeforeTypedInputIsLost() {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");

        UI.getCurrent().navigate(DashboardView.class);
        assertThat(shows(question(), "not published yet")).isTrue();
        press("Stay");
        assertThat(field(TextField.class, "Connect timeout").getValue()).isEqualTo("5s");

        UI.getCurrent().navigate(DashboardView.class);
        press("Discard and leave");
        assertThat(getCurrentView()).isInstanceOf(DashboardView.class);
    }

    @Test
    void asksAsWellBeforeAnotherServiceIsOpened() {
        publish(users(), new Edit.Put("orders", users().entity(), 0));
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");

        UI.getCurrent().navigate("services/orders");

        press("Stay");
        assertThat(shows(panel(), "users")).isTrue();
        assertThat(field(TextField.class, "Connect timeout").getValue()).isEqualTo("5s");
    }

    @Test
    void leavesUnaskedWhenWhatWasTypedIsWhatWasThere() {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");
        type("Connect timeout", "2s");

        UI.getCurrent().navigate(DashboardView.class);

        assertThat(asked()).isFalse();
        assertThat(getCurrentView()).isInstanceOf(DashboardView.class);
    }

    @Test
    void showsANewRevisionByItself() {
        var view = open("services", ServicesView.class);

        publish(users());

        eventually(() -> !names().isEmpty());
        assertThat(names()).containsExactly("users");
        assertThat(shows(view, "No service yet")).isFalse();
    }

    @Test
    void keepsTheFilterInTheAddress() {
        publish(users(), new Edit.Put("orders", users().entity(), 0));

        open("services?q=ord", ServicesView.class);

        assertThat(names()).containsExactly("orders");
        assertThat(field(TextField.class, "Filter services").getValue()).isEqualTo("ord");
    }

    @Test
    void saysThatAThingInTheAddressIsNotThere() {
        publish(users());

        open("services/nobody", ServicesView.class);

        assertThat(shows(panel(), "There is no service nobody.")).isTrue();
    }

    private List<String> names() {
        return rows().map(ServiceRow::name).toList();
    }

    private Stream<ServiceRow> rows() {
        return find(Grid.class).all().stream().flatMap(grid -> {
            @SuppressWarnings("unchecked")
            var rows = (Grid<ServiceRow>) grid;
            return rows.getListDataView().getItems();
        });
    }

    private boolean says(String health) {
        return rows().anyMatch(row -> row.health().word().equals(health));
    }

    @Test
    void showsWhichNodeUsesWhichTargetAndWhyNot() {
        publish(users("http://a:1", "http://b:2"), route("users-api", "/api/users/**"));
        report("gateway-1");
        report("gateway-2", unhealthy("2026-01-02T03:04:05Z"));
        report("gateway-3", unhealthy("2026-01-03T03:04:05Z"));

        open("services/users", ServicesView.class);

        eventually(() -> shows(find(TargetMatrix.class).single(), "gateway-3"));
        var matrix = find(TargetMatrix.class).single();
        assertThat(shows(matrix, "in use")).isTrue();
        assertThat(shows(matrix, "unhealthy")).isTrue();
        assertThat(shows(matrix, " on gateway-2, gateway-3: answered 500, since 2 Jan 2026"))
                .isTrue();
    }

    private static TargetState unhealthy(String since) {
        return new TargetState(
                "users", "http://b:2", "", TargetState.Condition.UNHEALTHY, Instant.parse(since), "answered 500");
    }

    @Test
    void putsATargetOutOfUseAndBackByHand() {
        publish(users());
        open("services/users", ServicesView.class);

        press("Hold");

        assertThat(service("users").targets().getFirst().state()).isEqualTo(Target.State.HELD);
        assertThat(console.history().newest(1).getFirst().reason())
                .isEqualTo("Hold http://127.0.0.1:9101 of service users");
        press("Activate");
        assertThat(service("users").targets().getFirst().state()).isEqualTo(Target.State.ACTIVE);
        press("Drain");
        assertThat(service("users").targets().getFirst().state()).isEqualTo(Target.State.DRAINED);
    }

    @Test
    void takesNothingBackThatSomebodyElseSavedSince() {
        publish(users());
        open("services/users", ServicesView.class);
        press("Hold");
        publish(users("http://a:1", "http://b:2"));

        press("Undo");

        assertThat(told("Not undone.")).isTrue();
        assertThat(service("users").targets()).hasSize(2);
    }

    @Test
    void theListSaysHowManyTargetsFail() {
        publish(users("http://a:1", "http://b:2"), route("users-api", "/api/users/**"));
        open("services", ServicesView.class);
        eventually(() -> says("not known"));
        report("gateway-1");
        eventually(() -> says("all 2 in use"));
        var broken = new TargetState(
                "users", "http://b:2", "", TargetState.Condition.EJECTED, Instant.EPOCH, "5 in a row failed");
        report("gateway-2", broken);
        eventually(() -> says("1 of 2 failing"));
    }

    private static String address() {
        return UI.getCurrent().getInternals().getActiveViewLocation().getPath();
    }

    private void report(String name, TargetState... targets) {
        report(name, List.of(targets), List.of());
    }
}
