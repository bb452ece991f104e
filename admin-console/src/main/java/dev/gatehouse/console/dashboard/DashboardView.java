package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import dev.gatehouse.console.certificate.Expiries;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.console.shell.Notice;
import jakarta.annotation.security.PermitAll;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What the gateway is doing now; before there is anything to see, what to do first. */
@Route(value = "", layout = MainLayout.class)
@PageTitle("Dashboard")
@PermitAll
public final class DashboardView extends Div {

    private static final String SKIPPED = "gatehouse.first-steps-skipped";
    private static final int SILENCE_SECONDS = 10;

    private final Notice notice = new Notice();
    private final Notice certificates = new Notice();
    private final Expiries expiries = new Expiries();
    private final Tiles tiles = new Tiles();
    private final Charts charts = new Charts();
    private final BusiestRoutes routes = new BusiestRoutes();
    private final NodeList nodes = new NodeList();
    private final Div live = new Div();
    private final FirstSteps steps;
    private final Poller<Traffic> traffic;
    private final Poller<Fleet> fleet;

    public DashboardView(Poller<Traffic> traffic, Poller<Fleet> fleet, URI gateway) {
        this.traffic = traffic;
        this.fleet = fleet;
        steps = new FirstSteps(gateway, this::skip);
        addClassNames("view", "dashboard");
        var tables = new Div(routes, nodes);
        tables.addClassName("tables");
        live.add(tiles, charts, tables);
        live.addClassName("live");
        live.setVisible(false);
        steps.setVisible(false);
        add(notice, certificates, live, steps);
        fleet.bind(this, this::showFleet);
        traffic.bind(this, this::showTraffic);
    }

    private void showFleet(Reading<Fleet> reading) {
        reading.value().ifPresent(nodes::show);
        reading.value().ifPresent(known -> warn(expiries.at(reading.asked(), known)));
        arrange();
    }

    private void warn(Expiries.Warning warning) {
        int count = warning.sentences().size();
        if (count == 0) {
            certificates.clear();
            return;
        }
        certificates.say(
                warning.over() ? Level.BAD : Level.ATTENTION,
                count == 1 ? warning.sentences().getFirst() : count + " certificates need to be renewed.",
                (count == 1 ? "" : String.join(" ", warning.sentences()) + " ")
                        + "Callers refuse what has expired; save a renewed certificate under the same name.");
    }

    private void showTraffic(Reading<Traffic> reading) {
        reading.value().ifPresent(now -> {
            tiles.show(now);
            charts.show(now);
            routes.show(
                    now,
                    fleet.current()
                            .value()
                            .map(known -> known.configuration().snapshot().routes())
                            .orElse(Map.of()));
        });
        arrange();
    }

    private void arrange() {
        var configured = fleet.current();
        var seen = traffic.current();
        nodes.setClassName("stale", configured.stale());
        List.of(tiles, charts, routes).forEach(part -> part.setClassName("stale", seen.stale()));
        notice(configured, seen);
        if (configured.waiting() || seen.waiting()) {
            return; // nothing is drawn before it is known what: the first answers come within a second
        }
        boolean called = seen.value().map(Traffic::everSeen).orElse(false);
        boolean first =
                configured.value().isPresent() && first(configured.value().get(), seen, called);
        configured.value().ifPresent(known -> steps.show(known, called));
        steps.setVisible(first);
        live.setVisible(!first);
    }

    /** Once the steps are shown they stay until left, so that the last one can be seen to turn green. */
    private boolean first(Fleet known, Reading<Traffic> seen, boolean called) {
        if (!FirstSteps.configured(known)) {
            return true;
        }
        boolean skipped = VaadinSession.getCurrent().getAttribute(SKIPPED) != null;
        return !skipped && (steps.isVisible() || (seen.value().isPresent() && !called));
    }

    private void skip() {
        VaadinSession.getCurrent().setAttribute(SKIPPED, true);
        arrange();
    }

    private void notice(Reading<Fleet> configured, Reading<Traffic> seen) {
        if (configured.stale()) {
            notice.say(
                    Level.BAD,
                    "PostgreSQL has not answered since " + Moments.time(configured.at()) + ".",
                    "The gateway goes on serving its last configuration and every key; nothing can be changed until the database is back.");
        } else if (seen.stale()) {
            notice.say(
                    Level.ATTENTION,
                    "Redis has not answered since " + Moments.time(seen.at()) + ".",
                    "The gateway goes on serving, and each limit follows its own rule for this. "
                            + (seen.value().isPresent()
                                    ? "The numbers below are from then."
                                    : "Numbers appear as soon as it does."));
        } else if (seen.value().isPresent()
                && seen.value().get().last(SILENCE_SECONDS).seconds() == 0) {
            notice.say(
                    Level.ATTENTION,
                    "No node reports traffic.",
                    "Either no gateway node is running, or none of them reaches Redis.");
        } else {
            notice.clear();
        }
    }
}
