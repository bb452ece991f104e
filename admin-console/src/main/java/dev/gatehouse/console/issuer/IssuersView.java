package dev.gatehouse.console.issuer;

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

/** Issuers: whose tokens are believed. */
@Route(value = "issuers/:name?", layout = MainLayout.class)
@PageTitle("Issuers")
@PermitAll
public final class IssuersView extends Div implements Screen<IssuerRow> {

    private final Publisher publisher;
    private final ListPage<IssuerRow> page;

    public IssuersView(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        var list = new Listing<>(IssuerRow::name);
        page = new ListPage<>("issuers", list, this, fleet);
        list.search("Filter issuers", IssuerRow::searched);
        list.action("New issuer", page::create);
        list.empty(
                "No issuer yet",
                "An issuer is somebody else who says who is calling: a login service whose signed tokens are believed. Routes name it among their credentials.",
                Cells.go("Create the first issuer", page::create));
        Cells.name(list.grid(), "Name", "issuers", IssuerRow::name, IssuerRow::name);
        Cells.exact(list.grid(), "Keys", IssuerRow::keys).setFlexGrow(2);
        Cells.text(list.grid(), "Algorithms", IssuerRow::algorithms);
        Cells.text(list.grid(), "Routes", IssuerRow::usedBy);
        list.card(row -> Cells.card(
                "issuers",
                row.name(),
                row.name(),
                Cells.exact(row.keys()),
                Cells.secondary(row.algorithms()),
                Cells.secondary(row.usedBy())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(IssuerRow row) {
        return row.name();
    }

    @Override
    public List<IssuerRow> items(Fleet fleet) {
        return IssuerRow.of(fleet.configuration());
    }

    @Override
    public Detail<IssuerRow> open(String name) {
        return new EntityPanel<>(Kind.ISSUER, Optional.of(name), page, publisher, IssuerRow::impact)
                .beneath(row -> List.of(routes(row)));
    }

    @Override
    public Optional<Detail<IssuerRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.ISSUER, Optional.empty(), page, publisher, IssuerRow::impact));
    }

    private static Component routes(IssuerRow row) {
        var section = Panel.section("Routes that take its tokens");
        row.routes().forEach(route -> section.add(Cells.link("routes/" + route, route)));
        if (row.routes().isEmpty()) {
            section.add(new Paragraph("None yet."));
        }
        return section;
    }
}
