package dev.gatehouse.console.route;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.chart.Sparkline;
import dev.gatehouse.console.entity.EntityPanel;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.ListPage;
import dev.gatehouse.console.listing.Listing;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.listing.Screen;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.KeyStore;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Routes: which requests are taken. */
@Route(value = "routes/:name?", layout = MainLayout.class)
@PageTitle("Routes")
@PermitAll
@JsModule("context://gatehouse/gatehouse-sparkline.js")
public final class RoutesView extends Div implements Screen<RouteRow> {

    private static final String SERVICE = "service";

    private final Publisher publisher;
    private final RouteKeys keys;
    private final Poller<Traffic> traffic;
    private final Listing<RouteRow> list = new Listing<>(RouteRow::name);
    private final ListPage<RouteRow> page;
    private final Lookup lookup;
    private final RouteExamples examples;
    private long newestSpan;

    public RoutesView(
            ConfigurationStore store,
            ConfigurationReader reader,
            History history,
            KeyStore keys,
            Poller<Fleet> fleet,
            Poller<Traffic> traffic) {
        publisher = new Publisher(store, reader, history, fleet);
        this.keys = new RouteKeys(keys);
        this.traffic = traffic;
        page = new ListPage<>("routes", list, this, fleet);
        lookup = new Lookup(store.saving().clock());
        examples = new RouteExamples(store.saving().clock());
        list.search("Filter, or ask GET /path", RouteRow::searched);
        list.answer("routes", lookup::answer);
        list.filter(
                SERVICE,
                Cells.choice(
                        "Any service",
                        "Service",
                        () -> publisher.snapshot().services().keySet()),
                RouteRow::names);
        list.action("New route", page::create);
        list.empty(
                "No route yet",
                "A route says which requests the gateway takes, what they must pass, and which service answers them.",
                Cells.go("Publish the first route", page::create));
        columns();
        list.card(RoutesView::card);
        addClassName("view");
        add(page);
    }

    private void columns() {
        var grid = list.grid();
        Cells.name(grid, "Name", "routes", RouteRow::name, RouteRow::name);
        grid.addColumn(LitRenderer.<RouteRow>of("""
                        <span class="match"><span class="exact">${item.match}</span>\
                        <span class="tag" ?hidden=${!item.further}>${item.further}</span></span>""")
                        .withProperty("match", RouteRow::match)
                        .withProperty("further", RouteRow::further))
                .setHeader("Match")
                .setComparator(RouteRow::match)
                .setTooltipGenerator(RouteRow::matchInWords)
                .setFlexGrow(2)
                .setWidth("13rem");
        Cells.text(grid, "Ends at", RouteRow::ending);
        Cells.tagged(grid, "Policies", RouteRow::access, RouteRow::policies);
        grid.addColumn(LitRenderer.<RouteRow>of("""
                        <span class="flow"><span class="figure">${item.rate}</span>\
                        <gatehouse-sparkline aria-hidden="true" style="color: var(--accent)" points=${item.course}>\
                        </gatehouse-sparkline></span>""")
                        .withProperty("rate", row -> row.flow().rate())
                        .withProperty("course", row -> row.flow().course()))
                .setHeader("Req/s")
                .setWidth("10rem")
                .setFlexGrow(0);
        Cells.text(grid, "p95", row -> row.flow().latency())
                .setSortable(false)
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("6rem");
    }

    private static Component card(RouteRow row) {
        var further = Cells.tag(row.further());
        further.setVisible(!row.further().isEmpty());
        return Cells.card(
                "routes",
                row.name(),
                row.name(),
                Cells.exact(row.match()),
                further,
                Cells.secondary("→ " + row.ending()),
                Cells.tag(row.access()),
                Cells.secondary(row.policies()),
                Cells.secondary(row.flow().rate() + " req/s"));
    }

    @Override
    public String name(RouteRow row) {
        return row.name();
    }

    @Override
    public List<RouteRow> items(Fleet fleet) {
        var known = traffic.current().value();
        newestSpan = newest(known);
        lookup.over(fleet.configuration().snapshot());
        examples.over(fleet.configuration().snapshot());
        return RouteRow.of(fleet.configuration(), known);
    }

    /** Live numbers come in spans of 10 s; in between there is nothing to redraw. */
    @Override
    public boolean changed(Version shown, Fleet now) {
        return !now.version().equals(shown) || newest(traffic.current().value()) != newestSpan;
    }

    private static long newest(Optional<Traffic> traffic) {
        return traffic.map(known -> known.spans().getLast().at()).orElse(0L);
    }

    @Override
    public Detail<RouteRow> open(String name) {
        return new EntityPanel<>(Kind.ROUTE, Optional.of(name), page, publisher, this::impact).beneath(this::now);
    }

    @Override
    public Optional<Detail<RouteRow>> create(Map<String, String> preset) {
        var panel = new EntityPanel<>(Kind.ROUTE, Optional.empty(), page, publisher, this::impact);
        var service = preset.get(SERVICE);
        return Optional.of(service == null ? panel : panel.preset(Map.of("forward", Map.of("service", service))));
    }

    private Impact impact(RouteRow row) {
        return row.impact(keys.losing(row.name()));
    }

    private List<Component> now(RouteRow row) {
        var course = new Sparkline("--accent");
        course.getElement().setAttribute("points", row.flow().course());
        var facts = new Div(
                Panel.fact("Requests/s", new Span(row.flow().rate())),
                Panel.fact("Errors", new Span(row.flow().errors())),
                Panel.fact("p95", new Span(row.flow().latency())),
                course);
        facts.addClassName("facts");
        return Stream.concat(examples.of(row).stream(), Stream.of(Panel.section("Last minute", facts)))
                .toList();
    }
}
