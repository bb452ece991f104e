package dev.gatehouse.console.consumer;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
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
import dev.gatehouse.db.store.KeyStore;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Consumers: who calls. */
@Route(value = "consumers/:name?", layout = MainLayout.class)
@PageTitle("Consumers")
@PermitAll
public final class ConsumersView extends Div implements Screen<ConsumerRow> {

    private final Publisher publisher;
    private final KeyStore keys;
    private final ListPage<ConsumerRow> page;

    public ConsumersView(
            ConfigurationStore store, ConfigurationReader reader, History history, KeyStore keys, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        this.keys = keys;
        var list = new Listing<>(ConsumerRow::name);
        page = new ListPage<>("consumers", list, this, fleet);
        list.search("Filter consumers", row -> row.name() + " " + row.entity().description());
        list.action("New consumer", page::create);
        list.empty(
                "No consumer yet",
                "A consumer is an application or a person that calls your APIs with keys of its own; limits are counted per consumer.",
                Cells.go("Create the first consumer", page::create));
        Cells.name(list.grid(), "Name", "consumers", ConsumerRow::name, ConsumerRow::name);
        Cells.text(list.grid(), "Description", row -> row.entity().description())
                .setFlexGrow(2);
        Cells.text(list.grid(), "Keys", ConsumerRow::held).setFlexGrow(0);
        list.card(row -> Cells.card(
                "consumers",
                row.name(),
                row.name(),
                Cells.secondary(row.entity().description()),
                Cells.secondary(row.held())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(ConsumerRow row) {
        return row.name();
    }

    @Override
    public List<ConsumerRow> items(Fleet fleet) {
        return ConsumerRow.of(fleet.configuration(), keys.all());
    }

    @Override
    public Detail<ConsumerRow> open(String name) {
        return new EntityPanel<>(Kind.CONSUMER, Optional.of(name), page, publisher, ConsumerRow::impact)
                .beneath(row -> List.of(keys(row)));
    }

    @Override
    public Optional<Detail<ConsumerRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.CONSUMER, Optional.empty(), page, publisher, ConsumerRow::impact));
    }

    private static Component keys(ConsumerRow row) {
        var section = Panel.section("Keys");
        for (var key : row.keys()) {
            var line = new Div(Cells.link("keys/" + key.id(), key.name()), Cells.exact(key.id()));
            line.addClassName("line");
            section.add(line);
        }
        section.add(Cells.link("keys?new&consumer=" + row.name(), "Issue a key"));
        return section;
    }
}
