package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ComponentQuery;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasAriaLabel;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.publish.Question;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.db.store.ServiceState;
import dev.gatehouse.db.store.TargetState;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An administrator who is signed in, and the words for what they do and see. */
public abstract class AdminAtWork extends ViewTest {

    private final Map<String, NodeReports.Report> reports = new LinkedHashMap<>();

    protected final <T extends Component> T open(String address, Class<T> view) {
        signIn("admin", false);
        eventually(() -> console.fleet()
                .current()
                .value()
                .filter(fleet -> fleet.version().revision() == revision())
                .isPresent());
        var parts = address.split("\\?", 2);
        UI.getCurrent().navigate(parts[0], QueryParameters.fromString(parts.length > 1 ? parts[1] : ""));
        return view.cast(getCurrentView());
    }

    /** As a node would that goes on saying so; the console knows of it. */
    protected final void report(NodeReports.Report report) {
        reports.put(report.name(), report);
        console.nodes().report(report);
        eventually(() -> console.fleet().current().value().stream()
                .flatMap(fleet -> fleet.nodes().stream())
                .anyMatch(node -> node.report().boot().equals(report.boot())));
    }

    /** As one that serves what is published, and has that to say of its targets and services. */
    protected final void report(String node, List<TargetState> targets, List<ServiceState> services) {
        report(new NodeReports.Report(
                node,
                UUID.randomUUID(),
                "http://10.0.0.7:8080",
                "0.1.0",
                Instant.now(),
                Optional.of(reader.version()),
                List.of(),
                targets,
                services));
    }

    /** As if it had reported a minute ago, and not since. */
    protected final void silence(String node) throws SQLException {
        reports.remove(node);
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var update = connection.prepareStatement(
                        "update node set reported_at = now() - interval '1 minute' where name = ?")) {
            update.setString(1, node);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Override
    protected final void meanwhile() {
        reports.values().forEach(console.nodes()::report);
    }

    /** As somebody else would. */
    protected final long publish(Edit... edits) {
        var publication = store.publish(Arrays.asList(edits), new Author("bob", "bob's reason"));
        assertThat(publication).isInstanceOf(Publication.Published.class);
        return ((Publication.Published) publication).revision();
    }

    protected final Snapshot configured() {
        return reader.load().snapshot();
    }

    protected final Service service(String name) {
        return (Service) configured().find(Kind.SERVICE, name).orElseThrow();
    }

    protected final Route route(String name) {
        return (Route) configured().find(Kind.ROUTE, name).orElseThrow();
    }

    protected final long revision() {
        return reader.version().revision();
    }

    protected static Edit.Put users(String... targets) {
        var urls = targets.length == 0 ? List.of("http://127.0.0.1:9101") : List.of(targets);
        return new Edit.Put(
                "users",
                new Service(
                        urls.stream().map(Target::new).toList(),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Protocol.HTTP1,
                        ServiceTls.DEFAULT),
                Edit.ANY);
    }

    protected static Edit.Put route(String name, String path) {
        return new Edit.Put(
                name,
                new Route(
                        Match.of(path),
                        false,
                        List.of(),
                        new Forward("users", ""),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT),
                Edit.ANY);
    }

    protected static Edit.Put webShop() {
        return new Edit.Put("web-shop", new Consumer("The shop."), Edit.ANY);
    }

    protected final <T extends Component> T field(Class<T> type, String label) {
        return nearest(type, field -> label.equals(label(field)));
    }

    /** In the open question, else beside the list, else anywhere. */
    private <T extends Component> T nearest(Class<T> type, Predicate<T> sought) {
        var places = Stream.concat(find(Question.class).all().stream(), find(Panel.class).all().stream());
        return places.map(place -> find(type, place).withCondition(sought))
                .filter(ComponentQuery::exists)
                .findFirst()
                .orElseGet(() -> find(type).withCondition(sought))
                .single();
    }

    private static String label(Component field) {
        var label = field instanceof HasLabel labelled ? Objects.requireNonNullElse(labelled.getLabel(), "") : "";
        return label.isEmpty() && field instanceof HasAriaLabel named
                ? named.getAriaLabel().orElse("")
                : label;
    }

    protected final void type(String label, String text) {
        test(field(TextField.class, label)).setValue(text);
    }

    protected final void press(String text) {
        test(button(text)).click();
    }

    /** By its text or its name. */
    protected final Button button(String text) {
        return nearest(
                Button.class,
                button -> button.getText().equals(text)
                        || button.getText().startsWith(text + " as rev")
                        || button.getAriaLabel().filter(text::equals).isPresent());
    }

    /** What stands beside the field in words; empty when nothing is wrong with it. */
    protected static String problem(Component field) {
        var validation = (HasValidation) field;
        return validation.isInvalid() ? validation.getErrorMessage() : "";
    }

    protected final String problem(String label) {
        return problem(field(TextField.class, label));
    }

    /** What is open beside the list. */
    protected final Panel panel() {
        return find(Panel.class).single();
    }

    protected final Question question() {
        return find(Question.class).single();
    }

    protected final boolean asked() {
        return find(Question.class).exists();
    }

    protected final boolean told(String text) {
        return find(Notification.class).all().stream()
                .anyMatch(card -> shows(card, text)
                        || card.getElement().getProperty("text", "").contains(text));
    }
}
