package dev.gatehouse.console.service;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.db.store.ServiceState;
import dev.gatehouse.db.store.ServiceState.Condition;
import dev.gatehouse.db.store.TargetState;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Services: where requests go. */
@Route(value = "services/:name?", layout = MainLayout.class)
@PageTitle("Services")
@PermitAll
public final class ServicesView extends EntityView<ServiceRow> {

    /** What the list tells of a node. */
    private record Told(List<TargetState> targets, Map<String, Condition> circuits) {

        private static Told by(NodeReports.Report report) {
            return new Told(
                    report.targets(),
                    report.services().stream()
                            .filter(state -> state.circuit().isPresent())
                            .collect(Collectors.toMap(
                                    ServiceState::service,
                                    state -> state.circuit().orElseThrow().condition(),
                                    (one, _) -> one)));
        }
    }

    private static final int SHOWN_MILLIS = 8_000;

    private Map<String, Told> told = Map.of();

    public ServicesView(Publisher publisher) {
        super(
                Kind.SERVICE,
                publisher,
                "A service is an API behind the gateway: a name, and one or more addresses at which it answers. Begin with one, then publish a route to it.",
                "Create the first service");
        search(ServiceRow::searched);
        Cells.exact(list().grid(), "Targets", ServiceRow::targets);
        Cells.state(
                list().grid(),
                "Now",
                row -> row.health().level(),
                row -> row.health().word());
        Cells.text(list().grid(), "Used by", ServiceRow::usedBy);
        list().card(row -> card(
                row,
                Cells.exact(row.targets()),
                Cells.state(row.health().level(), row.health().word()),
                Cells.secondary("used by " + row.usedBy())));
    }

    @Override
    public List<ServiceRow> items(Fleet fleet) {
        told = told(fleet);
        return ServiceRow.of(fleet);
    }

    @Override
    public boolean changed(Version before, Fleet now) {
        return super.changed(before, now) || !told(now).equals(told);
    }

    /** What the nodes that serve say of targets and circuits. */
    private static Map<String, Told> told(Fleet fleet) {
        return fleet.nodes().stream()
                .filter(NodeReports.Known::serving)
                .collect(Collectors.toMap(
                        node -> node.report().name(), node -> Told.by(node.report()), (one, _) -> one));
    }

    @Override
    protected Impact impact(ServiceRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> above(ServiceRow row) {
        return List.of(
                new TargetMatrix(row, publisher().fleet(), (target, state) -> change(row, target, state)),
                new GuardMatrix(row, publisher().fleet()));
    }

    @Override
    protected List<Component> beneath(ServiceRow row) {
        return List.of(usedBy(row));
    }

    /** A revision that puts one target into a state by hand; there is a way back. */
    private void change(ServiceRow row, Target target, Target.State state) {
        var service = row.entity();
        var changed = service.with(service.targets().stream()
                .map(each -> each.equals(target) ? each.in(state) : each)
                .toList());
        var what = target.identity() + " of service " + row.name();
        var undo = new Publisher.Undo(
                TargetMatrix.verb(target.state()) + " " + what + " again",
                revision -> List.of(new Edit.Put(row.name(), service, revision)));
        var publication = publisher()
                .publish(
                        TargetMatrix.verb(state) + " " + what,
                        List.of(new Edit.Put(row.name(), changed, row.revision())),
                        Optional.of(undo));
        switch (publication) {
            case Publication.Published _, Publication.Unchanged _ ->
                publisher().latest().ifPresent(page()::show);
            case Publication.Refused(var problems) -> refuse(problems.getFirst().message());
            case Publication.Conflict conflict -> refuse(conflict.sentence());
        }
    }

    private static void refuse(String reason) {
        Notification.show("Not published. " + reason, SHOWN_MILLIS, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.ERROR);
    }

    private static Component usedBy(ServiceRow row) {
        var section = Panel.section("Used by");
        row.routes().forEach(route -> section.add(Cells.link("routes/" + route, route)));
        if (row.routes().isEmpty()) {
            section.add(Cells.link("routes?new&service=" + row.name(), "Publish a route to it"));
        }
        return section;
    }
}
