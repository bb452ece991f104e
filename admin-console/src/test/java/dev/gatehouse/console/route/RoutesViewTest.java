package dev.gatehouse.console.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Redirect;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesViewTest extends AdminAtWork {

    private static final RateLimit A_MINUTE = new RateLimit(
            60, Duration.ofMinutes(1), RateLimit.Per.CONSUMER, RateLimit.Mode.LEASED, RateLimit.WithoutRedis.LOCAL, "");
    private static final RateLimit AN_HOUR = new RateLimit(
            1_000,
            Duration.ofHours(1),
            RateLimit.Per.ROUTE,
            RateLimit.Mode.LEASED,
            RateLimit.WithoutRedis.DENY,
            "hourly");

    @Test
    void publishesARouteWithALimit() {
        publish(users());
        open("routes?new", RoutesView.class);
        type("Name", "users-api");
        type("Path", "/api/users/**");
        methods("POST", "GET");
        choose("users");
        type("Rewrite path", "/users/**");
        addLimit();
        type("Requests", "60");
        type("Window", "1m");

        press("Publish");

        assertThat(route("users-api"))
                .isEqualTo(new Route(
                        Match.of("/api/users/**", Method.GET, Method.POST),
                        false,
                        List.of(A_MINUTE),
                        new Forward("users", "/users/**"),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT));
    }

    @Test
    void refusesAPathThatAnotherRouteTakesBeforeAnythingIsSaved() {
        publish(users(), route("users-api", "/api/users/**"));
        open("routes?new&service=users", RoutesView.class);
        type("Name", "other-api");

        type("Path", "/api/users/**");

        assertThat(problem("Path"))
                .isEqualTo(
                        "Route 'users-api' takes the same requests with equal right, such as GET /api/users; let one ask for more, or give one the larger priority.");
        press("Publish");
        assertThat(field(TextField.class, "Path").getValue()).isEqualTo("/api/users/**");
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void refusesANegativeLimitBesideItsField() {
        publish(users());
        open("routes?new&service=users", RoutesView.class);
        type("Name", "users-api");
        type("Path", "/api/users");
        addLimit();
        type("Requests", "-5");
        type("Window", "a while");

        assertThat(problem("Requests")).isEqualTo("'-5' is refused: must be a whole number from 1 to 1000000000000.");
        assertThat(problem("Window")).contains("must be a duration from 1s to 1h");
        press("Publish");

        assertThat(field(TextField.class, "Requests").getValue()).isEqualTo("-5");
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void saysNothingOfFieldsNobodyHasReachedUntilPublishing() {
        publish(users());
        open("routes?new", RoutesView.class);

        type("Name", "users-api");
        assertThat(problem("Path")).isEmpty();

        press("Publish");
        assertThat(problem("Path")).isEqualTo("Must be given.");
        assertThat(problem(service())).isEqualTo("Must be given.");
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        publish(users());
        open("routes?new", RoutesView.class);
        type("Name", "users-api");
        type("Path", "/api/users");

        choose("user");

        assertThat(problem(service())).isEqualTo("There is no service 'user'.");
    }

    @Test
    void knowsTheServiceItWasOpenedFor() {
        publish(users());

        open("routes?new&service=users", RoutesView.class);

        assertThat(service().getValue()).isEqualTo("users");
    }

    @Test
    @SuppressWarnings("unchecked")
    void publishesARouteThatRedirects() {
        publish(users());
        open("routes?new", RoutesView.class);
        type("Name", "moved");
        type("Path", "/old/**");
        var ending = (RadioButtonGroup<String>) field(RadioButtonGroup.class, "Where requests end");
        assertThat(ending.getValue()).isEqualTo("forward");

        ending.setValue("redirect");
        type("Host", "new.example.com");
        press("Publish");

        assertThat(route("moved").ending())
                .isEqualTo(Settings.read(Redirect.class, Map.of("host", "new.example.com"))
                        .orThrow());
    }

    @Test
    void movesAndRemovesPolicies() {
        publish(users(), new Edit.Put("users-api", limited(A_MINUTE, AN_HOUR), 0));
        open("routes/users-api", RoutesView.class);

        test(button("Move down: Rate limit", 0)).click();
        press("Publish");
        assertThat(route("users-api").policies()).containsExactly(AN_HOUR, A_MINUTE);

        test(button("Remove: Rate limit", 1)).click();
        press("Publish");
        assertThat(route("users-api").policies()).containsExactly(AN_HOUR);
    }

    @Test
    void showsARuleOfTwoPoliciesBesideTheOneThatBreaksIt() {
        publish(users(), new Edit.Put("users-api", limited(A_MINUTE, AN_HOUR), 0));
        open("routes/users-api", RoutesView.class);
        var second = find(TextField.class)
                .withCondition(field -> "Limit name".equals(field.getLabel()))
                .all()
                .getLast();

        test(second).setValue("");

        assertThat(problem(second)).isEqualTo("Two limits of one route need two names.");
    }

    @Test
    void changesNothingByBeingLookedAt() {
        var route = new Route(
                Match.of("/api/users/**", Method.POST, Method.GET),
                false,
                List.of(A_MINUTE, AN_HOUR),
                new Forward("users", "/users/**"),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        publish(users(), new Edit.Put("users-api", route, 0));
        open("routes/users-api", RoutesView.class);

        press("Publish");

        assertThat(told("Nothing changed")).isTrue();
        assertThat(route("users-api")).isEqualTo(route);
    }

    @Test
    void saysWhatDeletingARouteDoesToItsCallers() {
        publish(users(), route("users-api", "/api/users/**"));
        open("routes/users-api", RoutesView.class);

        press("Delete");

        assertThat(shows(question(), "answered with 404")).isTrue();
        press("Delete route");
        assertThat(configured().routes()).isEmpty();
    }

    @Test
    void saysWhichKeysLoseARouteAndGivesItBackToThemWhenTheDeletionIsTakenBack() {
        var key = KeyText.create("live");
        var terms = new KeyTerms("live", List.of("users-api"), List.of(), List.of());
        publish(
                users(),
                route("users-api", "/api/users/**"),
                webShop(),
                new Edit.AddKey(
                        key.id(),
                        "web-shop",
                        "laptop",
                        console.peppers().newest().hash(key),
                        terms,
                        Optional.empty(),
                        Optional.empty(),
                        false));
        open("routes/users-api", RoutesView.class);

        press("Delete");
        assertThat(shows(question(), "1 key is for it and loses it: web-shop/laptop, its only route"))
                .isTrue();
        press("Delete route");
        assertThat(console.keys().find(key.id()).orElseThrow().terms().opensNothing())
                .isTrue();

        press("Undo");
        assertThat(console.keys().find(key.id()).orElseThrow().terms()).isEqualTo(terms);
    }

    @Test
    void selectsTheRoutesOfOneService() {
        publish(users(), new Edit.Put("orders", users().entity(), 0), route("users-api", "/api/users/**"));

        open("routes?service=orders", RoutesView.class);

        assertThat(shows(UI.getCurrent().getChildren().findFirst().orElseThrow(), "Nothing matches"))
                .isTrue();
        press("Clear filters");
        assertThat(shows(UI.getCurrent().getChildren().findFirst().orElseThrow(), "Nothing matches"))
                .isFalse();
    }

    @Test
    void showsTheRouteThatServesAPathFirst() {
        publish(users(), route("all", "/**"), route("users-api", "/api/users/**"), route("orders-api", "/api/orders"));

        open("routes?q=/api/users/7", RoutesView.class);

        assertThat(listed()).containsExactly("users-api", "all");
        assertThat(everything("Route users-api takes GET /api/users/7.")).isTrue();
        type("Filter, or ask GET /path", "orders");
        assertThat(listed()).containsExactly("orders-api");
        assertThat(everything("takes GET")).isFalse();
    }

    @Test
    void showsTheExamplesOfARouteWithTheirState() {
        publish(users(), example("users-api", "GET /api/users/7", ""));

        open("routes/users-api", RoutesView.class);

        assertThat(shows(panel(), "holdsGET /api/users/7→ this route")).isTrue();
    }

    @Test
    void showsWhyAnExampleIsBrokenBesideIt() {
        publish(users(), example("users-api", "GET /api/users/7", ""));
        open("routes/users-api", RoutesView.class);

        type("Request", "GET /api/orders/7");

        assertThat(problem("Request"))
                .isEqualTo(
                        "'GET /api/orders/7' is expected to get this route, but gets no-route: host or path are not those of route 'users-api'.");
        press("Publish");
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void saysWhichExampleOfAnotherRouteAChangeBreaks() {
        publish(users(), example("users-api", "GET /api/users/7", ""));
        open("routes?new&service=users", RoutesView.class);
        type("Name", "sevens");
        type("Path", "/api/users/7");

        press("Publish");

        assertThat(shows(panel(), "Not published.")).isTrue();
        assertThat(shows(panel(), "'GET /api/users/7' is expected to get this route, but gets route 'sevens'"))
                .isTrue();
    }

    private static Edit.Put example(String name, String request, String expect) {
        var route = Settings.read(
                        Route.class,
                        Map.of(
                                "match",
                                Map.of("path", "/api/users/**"),
                                "forward",
                                Map.of("service", "users"),
                                "examples",
                                List.of(Map.of("request", request, "expect", expect))))
                .orThrow();
        return new Edit.Put(name, route, 0);
    }

    @SuppressWarnings("unchecked")
    private List<String> listed() {
        var rows = (Grid<RouteRow>) find(Grid.class).single();
        return rows.getGenericDataView().getItems().map(RouteRow::name).toList();
    }

    private static boolean everything(String text) {
        return shows(UI.getCurrent().getChildren().findFirst().orElseThrow(), text);
    }

    private static Route limited(RateLimit... limits) {
        return new Route(
                Match.of("/api/users/**"),
                false,
                List.of(limits),
                new Forward("users", ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private void addLimit() {
        var menu = find(MenuBar.class)
                .withCondition(bar ->
                        bar.getItems().stream().anyMatch(item -> item.getText().equals("Add policy")))
                .single();
        var add = menu.getItems().getFirst();
        var limit = add.getSubMenu().getItems().stream()
                .filter(entry -> entry.getElement().getTextRecursively().startsWith("Rate limit"))
                .findFirst()
                .orElseThrow();
        ComponentUtil.fireEvent(limit, new ClickEvent<>(limit));
    }

    private Button button(String name, int index) {
        return find(Button.class)
                .withCondition(
                        button -> button.getAriaLabel().filter(name::equals).isPresent())
                .all()
                .get(index);
    }

    @SuppressWarnings("unchecked")
    private ComboBox<String> service() {
        return field(ComboBox.class, "Service");
    }

    private void choose(String name) {
        service().setValue(name);
    }

    @SuppressWarnings("unchecked")
    private void methods(String... methods) {
        ((CheckboxGroup<String>) field(CheckboxGroup.class, "Methods")).setValue(Set.of(methods));
    }
}
