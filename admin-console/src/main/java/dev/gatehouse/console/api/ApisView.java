package dev.gatehouse.console.api;

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
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;

/** APIs: their versions, and who calls them. */
@Route(value = "apis/:name?", layout = MainLayout.class)
@PageTitle("APIs")
@PermitAll
public final class ApisView extends Div implements Screen<ApiRow> {

    private final Publisher publisher;
    private final Poller<Fleet> fleet;
    private final VersionCalls calls;
    private final ListPage<ApiRow> page;

    public ApisView(
            ConfigurationStore store,
            ConfigurationReader reader,
            History history,
            Poller<Fleet> fleet,
            VersionCalls calls) {
        publisher = new Publisher(store, reader, history, fleet);
        this.fleet = fleet;
        this.calls = calls;
        var list = new Listing<>(ApiRow::name);
        page = new ListPage<>("apis", list, this, fleet);
        list.search("Filter APIs", ApiRow::searched);
        list.action("New API", page::create);
        list.empty(
                "No API in versions yet",
                "An API in versions says how requests name a version, which versions there are, and what becomes of the old ones. Its routes may share their paths and differ by version.",
                Cells.go("Create the first API", page::create));
        Cells.name(list.grid(), "Name", "apis", ApiRow::name, ApiRow::name);
        Cells.text(list.grid(), "Versions", ApiRow::versions);
        Cells.exact(list.grid(), "Named by", ApiRow::namedBy);
        Cells.text(list.grid(), "Routes", ApiRow::usedBy);
        list.card(row -> Cells.card(
                "apis",
                row.name(),
                row.name(),
                Cells.exact(row.versions()),
                Cells.secondary(row.namedBy()),
                Cells.secondary(row.usedBy())));
        addClassName("view");
        add(page);
    }

    @Override
    public String name(ApiRow row) {
        return row.name();
    }

    @Override
    public List<ApiRow> items(Fleet known) {
        return ApiRow.of(known.configuration());
    }

    @Override
    public Detail<ApiRow> open(String name) {
        return new EntityPanel<>(Kind.API, Optional.of(name), page, publisher, ApiRow::impact).beneath(this::facts);
    }

    @Override
    public Optional<Detail<ApiRow>> create(Map<String, String> preset) {
        return Optional.of(new EntityPanel<>(Kind.API, Optional.empty(), page, publisher, ApiRow::impact));
    }

    private List<Component> facts(ApiRow row) {
        var sections = new ArrayList<Component>();
        var now = fleet.current().asked();
        for (var version : row.entity().versions()) {
            sections.add(Panel.section(
                    "Who calls " + version.name(),
                    Cells.state(ApiRow.level(version, now), ApiRow.word(version, now)),
                    callers(row.name(), version, now)));
        }
        var routes = Panel.section("Routes");
        row.routes().forEach(route -> routes.add(Cells.link("routes/" + route, route)));
        if (row.routes().isEmpty()) {
            routes.add(new Paragraph("No route belongs to it yet."));
        }
        sections.add(routes);
        return sections;
    }

    /** Asked when the panel is opened and when the configuration is another one, not each second. */
    private Component callers(String api, ApiVersion version, Instant now) {
        try {
            return new Callers(version.name(), calls.of(api, version.name(), now));
        } catch (JedisException e) {
            return new Paragraph("Redis does not answer, so it is not known who calls it.");
        }
    }
}
