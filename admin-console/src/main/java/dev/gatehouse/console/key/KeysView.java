package dev.gatehouse.console.key;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.KeyStore;
import jakarta.annotation.security.PermitAll;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys: what callers prove themselves with. */
@Route(value = "keys/:name?", layout = MainLayout.class)
@PageTitle("Keys")
@PermitAll
public final class KeysView extends Div implements Screen<KeyRow> {

    private final Publisher publisher;
    private final KeyStore keys;
    private final Pepper pepper;
    private final URI gateway;
    private final Listing<KeyRow> list = new Listing<>(KeyRow::id);
    private final ListPage<KeyRow> page;
    private Instant shownAt = Instant.EPOCH;

    public KeysView(
            ConfigurationStore store,
            ConfigurationReader reader,
            History history,
            KeyStore keys,
            Poller<Fleet> fleet,
            Pepper pepper,
            URI gateway) {
        publisher = new Publisher(store, reader, history, fleet);
        this.keys = keys;
        this.pepper = pepper;
        this.gateway = gateway;
        page = new ListPage<>("keys", list, this, fleet);
        list.search("Filter keys", KeyRow::searched);
        list.filter(
                "consumer",
                Cells.choice(
                        "Any consumer",
                        "Consumer",
                        () -> publisher.snapshot().consumers().keySet()),
                (row, consumer) -> row.key().consumer().equals(consumer));
        list.filter(
                "state",
                Cells.choice("Any state", "State", KeyRow.State::all),
                (row, state) -> row.state().toString().equals(state));
        list.action("Issue key", page::create);
        list.empty(
                "No key yet",
                "A caller without a valid key is refused, unless the route is public. Issue a key for a consumer; it is shown once.",
                Cells.go("Issue the first key", page::create));
        columns();
        list.card(row -> Cells.card(
                "keys",
                row.key().id(),
                row.name(),
                Cells.secondary(row.key().consumer()),
                Cells.state(row.level(), row.word()),
                Cells.exact(row.id())));
        addClassName("view");
        add(page);
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Name", "keys", KeyRow::id, KeyRow::name);
        Cells.text(grid, "Consumer", row -> row.key().consumer());
        Cells.exact(grid, "Id", KeyRow::id).setFlexGrow(0);
        Cells.state(grid, "State", KeyRow::level, KeyRow::word);
        Cells.text(grid, "Issued", row -> Moments.at(row.key().createdAt()))
                .setComparator(row -> row.key().createdAt())
                .setWidth("12rem");
        Cells.text(grid, "By", row -> row.key().createdBy());
    }

    @Override
    public String name(KeyRow row) {
        return row.id();
    }

    @Override
    public List<KeyRow> items(Fleet fleet) {
        var now = Instant.now();
        var rows = KeyRow.of(keys.all(), now);
        shownAt = now;
        return rows;
    }

    /** A key expires without a revision; a minute later is soon enough to show it. */
    @Override
    public boolean changed(Version shown, Fleet now) {
        return !now.version().equals(shown) || shownAt.until(Instant.now(), ChronoUnit.SECONDS) >= 60;
    }

    @Override
    public Detail<KeyRow> open(String name) {
        return new KeyPanel(name, page, publisher);
    }

    @Override
    public Optional<Detail<KeyRow>> create(Map<String, String> preset) {
        return Optional.of(new IssuePanel(page, publisher, pepper, gateway, preset));
    }
}
