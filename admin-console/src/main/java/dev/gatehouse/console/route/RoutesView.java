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
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Version;
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
public final class RoutesView extends EntityView<RouteRow> {

    private static final String SERVICE = "service";

    private final RouteKeys keys;
    private final Poller<Traffic> traffic;
    private final Lookup lookup;
    private final RouteExamples examples;
    private long newestSpan;

    public RoutesView(Publisher publisher, KeyStore keys, Poller<Traffic> traffic) {
        super(
                Kind.ROUTE,
                publisher,
                "A route says which requests the gateway takes, what they must pass, and which service answers them.",
                "Publish the first route");
        this.keys = new RouteKeys(keys);
        this.traffic = traffic;
        lookup = new Lookup(publisher.saving().clock());
        examples = new RouteExamples(publisher.saving().clock());
        list().search("Filter, or ask GET /path", RouteRow::searched);
        list().answer("routes", lookup::answer);
        list().filter(
                        SERVICE,
                        Cells.choice(
                                "Any service",
                                "Service",
                                () -> publisher.snapshot().services().keySet()),
                        RouteRow::names);
        columns();
        list().card(this::card);
    }

    private void columns() {
        var grid = list().grid();
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

    private Component card(RouteRow row) {
        var further = Cells.tag(row.further());
        further.setVisible(!row.further().isEmpty());
        return card(
                row,
                Cells.exact(row.match()),
                further,
                Cells.secondary("→ " + row.ending()),
                Cells.tag(row.access()),
                Cells.secondary(row.policies()),
                Cells.secondary(row.flow().rate() + " req/s"));
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
    protected Impact impact(RouteRow row) {
        return row.impact(keys.losing(row.name()));
    }

    @Override
    protected List<Component> beneath(RouteRow row) {
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

    @Override
    public Optional<Detail<RouteRow>> create(Map<String, String> preset) {
        var panel = panel(Optional.empty());
        var service = preset.get(SERVICE);
        return Optional.of(service == null ? panel : panel.preset(Map.of("forward", Map.of("service", service))));
    }
}
