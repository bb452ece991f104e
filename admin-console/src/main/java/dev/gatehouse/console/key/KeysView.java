package dev.gatehouse.console.key;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Pages;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.KeyStore;
import jakarta.annotation.security.PermitAll;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/** Keys: what callers prove themselves with. However many there are, only those in sight are read. */
@Route(value = "keys/:name?", layout = MainLayout.class)
@PageTitle("Keys")
@PermitAll
public final class KeysView extends Div implements Screen<KeyRow> {

    /** How often a list that nobody changes is read anew: keys are used and expire. */
    private static final int MOVES_SECONDS = 10;

    private static final int REVOKED_AT_ONCE = 1_000;

    private final Publisher publisher;
    private final KeyStore keys;
    private final KeyCalls calls;
    private final Peppers peppers;
    private final URI gateway;
    private final KeyPages pages;
    private final Button revoke = new Button("Revoke all that are found");
    private final Listing<KeyRow> list;
    private final ListPage<KeyRow> page;
    private Instant shownAt = Instant.EPOCH;

    public KeysView(Publisher publisher, KeyStore keys, KeyCalls calls, Peppers peppers, URI gateway) {
        this.publisher = publisher;
        this.keys = keys;
        this.calls = calls;
        this.peppers = peppers;
        this.gateway = gateway;
        pages = new KeyPages(keys, calls, peppers.all());
        list = new Listing<>(KeyRow::id, new Found());
        page = new ListPage<>("keys", list, this, publisher.fleet());
        list.search("Name, id or a key");
        list.filter(
                KeyPages.CONSUMER,
                Cells.choice(
                        "Any consumer",
                        "Consumer",
                        () -> publisher.snapshot().consumers().keySet()));
        list.filter(KeyPages.STATE, Cells.choice("Any state", "State", KeyPages::states));
        list.filter(KeyPages.CONCERN, Cells.choice("Any use", "Use", KeyPages::concerns));
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
                Cells.exact(row.id()),
                Cells.secondary(row.lastUsed().isEmpty() ? "never used" : "used " + row.used())));
        revoke.setVisible(false);
        revoke.addClickListener(_ -> revokeFound());
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        list.foot(revoke);
        addClassName("view");
        add(page);
    }

    /** The keys that are found; revoking all of them is offered only where they were sought. */
    private final class Found implements Pages<KeyRow> {

        @Override
        public List<KeyRow> page(Map<String, String> filters, int offset, int limit) {
            return pages.page(filters, offset, limit);
        }

        @Override
        public int count(Map<String, String> filters) {
            int count = pages.count(filters);
            revoke.setVisible(count > 0 && !filters.isEmpty());
            return count;
        }
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Name", "keys", KeyRow::id, KeyRow::name);
        Cells.text(grid, "Consumer", row -> row.key().consumer());
        Cells.exact(grid, "Id", KeyRow::id).setFlexGrow(0);
        Cells.state(grid, "State", KeyRow::level, KeyRow::word).setWidth("11rem");
        Cells.text(grid, "Last used", KeyRow::used).setWidth("7rem").setFlexGrow(0);
        Cells.text(grid, "Calls today", KeyRow::today).setWidth("7rem").setFlexGrow(0);
        Cells.text(grid, "Issued", row -> Moments.at(row.key().createdAt())).setWidth("12rem");
        grid.getColumns().forEach(KeysView::asStored);
    }

    /** The order is that of the store. */
    private static void asStored(Grid.Column<KeyRow> column) {
        column.setSortable(false);
    }

    ListPage<KeyRow> page() {
        return page;
    }

    Peppers peppers() {
        return peppers;
    }

    boolean isNewest(int pepper) {
        return peppers.newest().version() == pepper;
    }

    /** From where a key came lately; none while Redis does not answer. */
    List<String> addresses(String id) {
        try {
            return calls.addresses(id, Instant.now());
        } catch (JedisException e) {
            return List.of();
        }
    }

    /** Names of the other keys in force of its consumer. */
    List<String> others(ApiKey key, int most) {
        var now = Instant.now();
        return keys.of(key.consumer(), most).stream()
                .filter(other -> !other.id().equals(key.id()) && other.state(now) == KeyState.IN_FORCE)
                .map(ApiKey::name)
                .distinct()
                .toList();
    }

    /** Reads anew what is in sight, without waiting for the poller. */
    void refresh() {
        shownAt = Instant.EPOCH;
        publisher.latest().ifPresent(page::show);
    }

    void showOnce(String title, List<KeyText> texts, List<String> names, Runnable stored) {
        new IssuedDialog(title, texts, names, new Example(gateway, publisher.snapshot()), stored).open();
    }

    private void revokeFound() {
        var found = pages.page(list.filters(), 0, REVOKED_AT_ONCE).stream()
                .filter(row -> row.state() != KeyState.REVOKED)
                .toList();
        if (!found.isEmpty()) {
            new Revocation(publisher, this::refresh).ask(found);
        }
    }

    @Override
    public String name(KeyRow row) {
        return row.id();
    }

    @Override
    public List<KeyRow> items(Fleet fleet) {
        shownAt = Instant.now();
        return List.of();
    }

    @Override
    public Optional<KeyRow> item(String name, List<KeyRow> items) {
        return pages.find(name);
    }

    @Override
    public boolean changed(Version shown, Fleet now) {
        return !now.version().equals(shown) || shownAt.until(Instant.now(), ChronoUnit.SECONDS) >= MOVES_SECONDS;
    }

    @Override
    public Detail<KeyRow> open(String name) {
        return new KeyPanel(name, this, publisher);
    }

    @Override
    public Optional<Detail<KeyRow>> create(Map<String, String> preset) {
        return Optional.of(new IssuePanel(this, publisher, preset));
    }
}
