package dev.gatehouse.console.plan;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityPanel;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans: how much consumers may. */
@Route(value = "plans/:name?", layout = MainLayout.class)
@PageTitle("Plans")
@PermitAll
public final class PlansView extends Div implements Screen<PlanRow> {

    private static final int NAMED = 12;

    private final Publisher publisher;
    private final ListPage<PlanRow> page;

    public PlansView(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        var list = new Listing<>(PlanRow::name);
        page = new ListPage<>("plans", list, this, fleet);
        list.search(
                "Filter plans", row -> String.join(" ", row.name(), row.entity().description()));
        list.action("New plan", page::create);
        list.empty(
                "No plan yet",
                "A plan is a bundle of limits under names, such as 100 requests a second. Consumers subscribe to plans; one of them can have other numbers for a time.",
                Cells.go("Create the first plan", page::create));
        Cells.name(list.grid(), "Name", "plans", PlanRow::name, PlanRow::name);
        Cells.text(list.grid(), "Limits", PlanRow::limits).setFlexGrow(2);
        Cells.text(list.grid(), "Where", PlanRow::where);
        Cells.text(list.grid(), "Subscribers", PlanRow::subscribed);
        list.card(row -> Cells.card(
                "plans",
                row.name(),
                row.name(),
                Cells.secondary(row.limits()),
                Cells.secondary(row.where()),
                Cells.secondary(row.subscribed())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(PlanRow row) {
        return row.name();
    }

    @Override
    public List<PlanRow> items(Fleet fleet) {
        return PlanRow.of(fleet.configuration());
    }

    @Override
    public Detail<PlanRow> open(String name) {
        return new EntityPanel<>(Kind.PLAN, Optional.of(name), page, publisher, PlanRow::impact)
                .beneath(row -> List.of(affected(row)));
    }

    @Override
    public Optional<Detail<PlanRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.PLAN, Optional.empty(), page, publisher, PlanRow::impact));
    }

    /** Who meets other limits as soon as this is published. */
    private static Component affected(PlanRow row) {
        var section = Panel.section("Who is affected");
        var subscribers = row.subscribers();
        section.add(new Paragraph(
                subscribers.isEmpty()
                        ? "Nobody subscribes to it: publishing a change affects no request."
                        : "A change holds within two seconds for "
                                + (subscribers.size() == 1 ? "this consumer" : "these " + row.subscribed())
                                + ", in the window that runs. No count begins anew."));
        subscribers.stream()
                .limit(NAMED)
                .forEach(consumer -> section.add(Cells.link("consumers/" + consumer, consumer)));
        if (subscribers.size() > NAMED) {
            section.add(Cells.secondary("and " + (subscribers.size() - NAMED) + " more"));
        }
        return section;
    }
}
