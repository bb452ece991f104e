package dev.gatehouse.console.client;

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

/** Client types: which sorts of clients are told apart. */
@Route(value = "client-types/:name?", layout = MainLayout.class)
@PageTitle("Client types")
@PermitAll
public final class ClientTypesView extends Div implements Screen<ClientTypeRow> {

    private final Publisher publisher;
    private final ListPage<ClientTypeRow> page;

    public ClientTypesView(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        var list = new Listing<>(ClientTypeRow::name);
        page = new ListPage<>("client-types", list, this, fleet);
        list.search("Filter client types", ClientTypeRow::searched);
        list.action("New client type", page::create);
        list.empty(
                "No client type yet",
                "A client type is a sort of clients, such as web, mobile or partner, and what they are recognised by. Routes and limits can tell them apart.",
                Cells.go("Create the first client type", page::create));
        Cells.name(list.grid(), "Name", "client-types", ClientTypeRow::name, ClientTypeRow::name);
        Cells.exact(list.grid(), "Recognised by", ClientTypeRow::signs).setFlexGrow(2);
        Cells.text(list.grid(), "Priority", ClientTypeRow::priority)
                .setComparator(row -> row.entity().priority())
                .setFlexGrow(0);
        Cells.text(list.grid(), "Routes", ClientTypeRow::usedBy);
        list.card(row -> Cells.card(
                "client-types",
                row.name(),
                row.name(),
                Cells.exact(row.signs()),
                Cells.secondary("priority " + row.priority()),
                Cells.secondary(row.usedBy())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(ClientTypeRow row) {
        return row.name();
    }

    @Override
    public List<ClientTypeRow> items(Fleet fleet) {
        return ClientTypeRow.of(fleet.configuration());
    }

    @Override
    public Detail<ClientTypeRow> open(String name) {
        return new EntityPanel<>(Kind.CLIENT_TYPE, Optional.of(name), page, publisher, ClientTypeRow::impact)
                .beneath(row -> List.of(routes(row)));
    }

    @Override
    public Optional<Detail<ClientTypeRow>> create(Map<String, String> preset) {
        return Optional.of(
                new EntityPanel<>(Kind.CLIENT_TYPE, Optional.empty(), page, publisher, ClientTypeRow::impact));
    }

    private static Component routes(ClientTypeRow row) {
        var section = Panel.section("Routes for its clients");
        row.routes().forEach(route -> section.add(Cells.link("routes/" + route, route)));
        if (row.routes().isEmpty()) {
            section.add(new Paragraph("None yet."));
        }
        return section;
    }
}
