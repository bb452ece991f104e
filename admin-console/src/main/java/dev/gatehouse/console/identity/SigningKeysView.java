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

/** Signing keys: with which the gateway tells services who is calling. */
@Route(value = "signing-keys/:name?", layout = MainLayout.class)
@PageTitle("Signing keys")
@PermitAll
public final class SigningKeysView extends Div implements Screen<SigningKeyRow> {

    private final Publisher publisher;
    private final ListPage<SigningKeyRow> page;

    public SigningKeysView(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        publisher = new Publisher(store, reader, history, fleet);
        var list = new Listing<>(SigningKeyRow::name);
        page = new ListPage<>("signing-keys", list, this, fleet);
        list.search("Filter signing keys", SigningKeyRow::searched);
        list.action("New signing key", page::create);
        list.empty(
                "No signing key yet",
                "With a signing key the gateway tells services who is calling, in a token that they can verify. A route can publish its public half.",
                Cells.go("Create the first signing key", page::create));
        Cells.name(list.grid(), "Name", "signing-keys", SigningKeyRow::name, SigningKeyRow::name);
        Cells.exact(list.grid(), "Issuer", SigningKeyRow::issuer).setFlexGrow(2);
        Cells.text(list.grid(), "Used by", SigningKeyRow::usedBy);
        list.card(row -> Cells.card(
                "signing-keys", row.name(), row.name(), Cells.exact(row.issuer()), Cells.secondary(row.usedBy())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(SigningKeyRow row) {
        return row.name();
    }

    @Override
    public List<SigningKeyRow> items(Fleet fleet) {
        return SigningKeyRow.of(fleet.configuration());
    }

    @Override
    public Detail<SigningKeyRow> open(String name) {
        return new EntityPanel<>(Kind.SIGNING_KEY, Optional.of(name), page, publisher, SigningKeyRow::impact);
    }

    @Override
    public Optional<Detail<SigningKeyRow>> create(Map<String, String> preset) {
        return Optional.of(
                new EntityPanel<>(Kind.SIGNING_KEY, Optional.empty(), page, publisher, SigningKeyRow::impact));
    }
}
