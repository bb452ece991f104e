package dev.gatehouse.console.limit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.limit.ConsumerLimits.AtOnce;
import dev.gatehouse.console.limit.ConsumerLimits.Met;
import dev.gatehouse.console.limit.LimitTable.Column;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Limits;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.live.LimitCounts.State;
import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.LimitSightings.Seen;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Spans;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits: who is refused now and by which one, what each consumer has left, and how the nodes count. */
@Route(value = "limits", layout = MainLayout.class)
@PageTitle("Limits")
@PermitAll
public final class LimitsView extends Div implements BeforeEnterObserver {

    private static final String CONSUMER = "consumer";
    private static final String PREFIX = "consumer:";

    private final Publisher publisher;
    private final Poller<Limits> limits;
    private final LimitSightings live;
    private final Clock clock;
    private final Raising raising;
    private final Notice notice = new Notice();
    private final LimitTable<Throttled> refused;
    private final LimitTable<Throttled> observed;
    private final LimitTable<Standing> standings;
    private final LimitTable<Running> atOnce;
    private final Limiters limiters = new Limiters();
    private final ComboBox<String> consumers = new ComboBox<>("Consumer");
    private final Div left;
    /** Of whom it is shown what is left. */
    private String known = "";

    /** Somebody whom a limit refuses, and how it may be raised. */
    private record Throttled(Seen seen, Optional<Met> met) {

        String who() {
            var subject = seen.sighting().subject();
            return subject.startsWith(PREFIX) ? subject.substring(PREFIX.length()) : subject.replace(":=", " ");
        }
    }

    /** How a consumer stands with one limit. */
    private record Standing(String consumer, Met met, State state) {}

    /** How many of its requests are on their way. */
    private record Running(AtOnce limit, long now) {}

    public LimitsView(Publisher publisher, Poller<Limits> limits, LimitSightings live, Clock clock) {
        this.limits = limits;
        this.live = live;
        this.clock = clock;
        this.publisher = publisher;
        raising = new Raising(publisher, clock);
        refused = new LimitTable<>(
                "Refused now",
                "1 min",
                "No limit and no quota refused anybody in the last minute.",
                throttled("Refused"));
        observed = new LimitTable<>(
                "Would be refused",
                "1 min",
                "No limit that only observes would have refused anybody.",
                throttled("Times"));
        standings = new LimitTable<>("What is left", "now", "It meets no limit that counts for it alone.", standing());
        atOnce = new LimitTable<>("At once", "now", "", running());
        consumers.setItems(query -> {
            var typed = query.getFilter().orElse("");
            return publisher.snapshot().consumers().keySet().stream()
                    .filter(name -> name.contains(typed))
                    .skip(query.getOffset())
                    .limit(query.getLimit());
        });
        consumers.setClearButtonVisible(true);
        consumers.setPlaceholder("Choose one to see what it has left");
        consumers.setHelperText("Asked from Redis each second while it is shown.");
        consumers.addValueChangeListener(_ -> look());
        left = new Div(consumers, standings, atOnce);
        left.addClassName("limit-left");
        standings.setVisible(false);
        atOnce.setVisible(false);
        var tables = new Div(refused, left, observed, limiters.table());
        tables.addClassName("limit-tables");
        addClassNames("view", "limits");
        add(notice, tables);
        limits.bind(this, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getLocation().getQueryParameters().getSingleParameter(CONSUMER).ifPresent(consumers::setValue);
    }

    private List<Column<Throttled>> throttled(String times) {
        return List.of(
                Column.text("Limit", "name", row -> row.seen.sighting().limit()),
                new Column<>("Who", "name", this::who),
                Column.text(times, "number", row -> Figures.count(row.seen.times())),
                new Column<>(
                        "",
                        "number",
                        row -> List.of(row.who(), row.met),
                        row -> row.met
                                .map(met -> raising.button(row.who(), met))
                                .orElseGet(Span::new)));
    }

    private Component who(Throttled row) {
        return row.met.isPresent()
                ? Cells.link("limits?" + CONSUMER + "=" + row.who(), row.who())
                : Cells.exact(row.who());
    }

    private List<Column<Standing>> standing() {
        return List.of(
                new Column<>(
                        "Limit",
                        "name",
                        row -> row.met,
                        row -> new Span(new Span(row.met.name()), Cells.secondary(from(row.met)))),
                Column.text(
                        "Admits",
                        "number",
                        row -> Figures.count(row.met.limit().requests()) + " in "
                                + Spans.write(row.met.limit().window())),
                Column.text("Left", "number", row -> Figures.count(row.state.left())),
                Column.text("Reset", "number wide-only", LimitsView::reset),
                new Column<>(
                        "",
                        "number",
                        row -> List.of(row.consumer, row.met),
                        row -> raising.button(row.consumer, row.met)));
    }

    private static List<Column<Running>> running() {
        return List.of(
                new Column<>(
                        "Limit",
                        "name",
                        row -> new Span(new Span(row.limit.name()), Cells.secondary(row.limit.from()))),
                Column.text("Admits", "number", row -> Figures.count(row.limit.requests()) + " at once"),
                Column.text("Running", "number", row -> Figures.count(row.now)));
    }

    /** Of what is whole nothing comes back. */
    private static String reset(Standing row) {
        return row.state.left() >= row.met.limit().requests()
                ? Figures.NONE
                : Figures.age(Duration.ofMillis(row.state.reset()));
    }

    private static String from(Met met) {
        return met.from()
                + met.override()
                        .map(override -> override.end()
                                .map(end -> ", overridden until " + Moments.at(end))
                                .orElse(", overridden for good"))
                        .orElse("");
    }

    private void show(Reading<Limits> reading) {
        var snapshot = publisher.snapshot();
        reading.value().ifPresent(now -> {
            refused.show(throttled(now.refused(), snapshot));
            observed.show(throttled(now.wouldRefuse(), snapshot));
            limiters.show(now.limiters(), publisher.fleet().current().value(), clock.instant());
        });
        setClassName("stale", reading.stale() && reading.value().isPresent());
        if (reading.trouble().isEmpty()) {
            notice.clear();
        } else {
            notice.say(
                    Level.BAD,
                    "Redis does not answer.",
                    "Each limit goes by its own rule for that: a share for each node, all, or nothing ("
                            + reading.trouble() + ").");
        }
        look();
    }

    private List<Throttled> throttled(List<Seen> seen, Snapshot snapshot) {
        return seen.stream()
                .map(one -> {
                    var subject = one.sighting().subject();
                    var met = subject.startsWith(PREFIX)
                            ? ConsumerLimits.of(subject.substring(PREFIX.length()), snapshot, clock.instant()).stream()
                                    .filter(limit ->
                                            limit.name().equals(one.sighting().limit()))
                                    .findFirst()
                            : Optional.<Met>empty();
                    return new Throttled(one, met);
                })
                .toList();
    }

    /** What the chosen consumer has left. Redis is not asked while it keeps the poller waiting: whoever looks would wait, too. */
    private void look() {
        var consumer = consumers.getValue();
        boolean away = !limits.current().trouble().isEmpty();
        if (consumer == null || (away && !consumer.equals(known))) {
            standings.setVisible(false);
            atOnce.setVisible(false);
        } else if (!away) {
            ask(consumer);
        }
    }

    private void ask(String consumer) {
        var met = ConsumerLimits.of(consumer, publisher.snapshot(), clock.instant());
        var rows = new ArrayList<Standing>();
        try {
            var states = live.look(met.stream().map(Met::counter).toList());
            for (int i = 0; i < met.size(); i++) {
                rows.add(new Standing(consumer, met.get(i), states.get(i)));
            }
            var running = running(consumer);
            atOnce.setVisible(!running.isEmpty());
            atOnce.show(running);
            standings.setVisible(true);
            standings.show(rows);
            known = consumer;
        } catch (RuntimeException e) {
            notice.say(Level.BAD, "Redis does not answer.", String.valueOf(e.getMessage()));
        }
    }

    private List<Running> running(String consumer) {
        return ConsumerLimits.atOnce(consumer, publisher.snapshot(), clock.instant()).stream()
                .map(limit -> new Running(limit, live.running(limit.counter())))
                .toList();
    }
}
