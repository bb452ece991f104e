package dev.gatehouse.console.identity;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityPanel;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
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

/** Logins: what consumers prove themselves with beside keys. */
@Route(value = "logins/:name?", layout = MainLayout.class)
@PageTitle("Logins")
@PermitAll
public final class LoginsView extends Div implements Screen<LoginRow> {

    private final Publisher publisher;
    private final ListPage<LoginRow> page;

    public LoginsView(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        var list = new Listing<>(LoginRow::name);
        page = new ListPage<>("logins", list, this, fleet);
        list.search("Filter logins", LoginRow::searched);
        list.action("New login", page::create);
        list.empty(
                "No login yet",
                "A login is what a consumer proves itself with beside API keys: a password, a shared secret that signs requests, or a client certificate.",
                Cells.go("Create the first login", page::create));
        Cells.name(list.grid(), "Name", "logins", LoginRow::name, LoginRow::name);
        Cells.exact(list.grid(), "Proof", LoginRow::proof).setFlexGrow(2);
        Cells.text(list.grid(), "Consumer", LoginRow::consumer);
        list.card(row -> Cells.card(
                "logins", row.name(), row.name(), Cells.exact(row.proof()), Cells.secondary(row.consumer())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(LoginRow row) {
        return row.name();
    }

    @Override
    public List<LoginRow> items(Fleet fleet) {
        return LoginRow.of(fleet.configuration());
    }

    @Override
    public Detail<LoginRow> open(String name) {
        return new EntityPanel<>(Kind.LOGIN, Optional.of(name), page, publisher, LoginRow::impact);
    }

    @Override
    public Optional<Detail<LoginRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.LOGIN, Optional.empty(), page, publisher, LoginRow::impact));
    }
}
