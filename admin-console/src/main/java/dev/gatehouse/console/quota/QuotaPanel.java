package dev.gatehouse.console.quota;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.quota.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One subject and one quota: where it stands, what both books say, and more of it for the rest of the period. */
final class QuotaPanel implements Detail<QuotaRow> {

    private static final int PART = 10;

    private final Panel panel;
    private final Div facts = new Div();
    private final Button granting = new Button();
    private final BiFunction<String, String, List<Usage>> history;
    private final Consumer<Bonus> grant;
    private List<Object> shown = List.of();
    private Optional<Bonus> offered = Optional.empty();

    QuotaPanel(Runnable close, BiFunction<String, String, List<Usage>> history, Consumer<Bonus> grant) {
        this.history = history;
        this.grant = grant;
        panel = new Panel(close);
        granting.addClickListener(_ -> offered.ifPresent(this.grant));
        granting.setVisible(false);
        panel.action(granting);
        facts.addClassName("fact-list");
        facts.add(new Paragraph("Nothing is known of it."));
        panel.body(facts);
    }

    /** So much more, until the end of the period. */
    record Bonus(String consumer, String quota, long amount, Instant until) {}

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public void show(Optional<QuotaRow> now) {
        var steady = now.map(QuotaRow::steady).orElse(List.of());
        if (!steady.equals(shown)) {
            shown = steady;
            now.ifPresent(this::fill);
        }
    }

    private void fill(QuotaRow row) {
        panel.title(row.subject());
        panel.mark(Cells.tag(row.name()), Cells.state(row.level(), row.word()));
        offer(row);
        var period = row.usage().account().period();
        facts.removeAll();
        facts.add(
                Panel.fact("Used", new Span(row.used() + row.unit())),
                Panel.fact("Left", new Span(Figures.count(row.left()))),
                Panel.fact("Made of", new Span(made(row))),
                Panel.fact("Forecast", new Span(row.forecast())),
                Panel.fact("Begins anew", new Span(Moments.at(period.end()) + ", " + row.reset())),
                Panel.fact("Began", new Span(Moments.at(period.start()))),
                Panel.fact("Ledger and Redis", new Span(row.books())));
        row.consumer().ifPresent(name -> facts.add(Panel.fact("Consumer", Cells.link("consumers/" + name, name))));
        facts.add(past(row));
    }

    private static String made(QuotaRow row) {
        long amount = row.allowed() - row.bonus() - row.usage().carried();
        return Figures.count(amount)
                + (row.usage().carried() > 0 ? " + " + Figures.count(row.usage().carried()) + " carried over" : "")
                + (row.bonus() > 0 ? " + " + Figures.count(row.bonus()) + " bonus" : "");
    }

    private void offer(QuotaRow row) {
        offered = row.consumer()
                .filter(_ -> row.quota().isPresent())
                .map(consumer -> new Bonus(
                        consumer,
                        row.name(),
                        Math.max(1, row.usage().amount() / PART),
                        row.usage().account().period().end()));
        granting.setVisible(offered.isPresent());
        offered.ifPresent(
                bonus -> granting.setText("Grant " + Figures.count(bonus.amount()) + " more for this period"));
    }

    private Component past(QuotaRow row) {
        var section = Panel.section("Periods before");
        var before = history.apply(row.name(), row.usage().account().subject()).stream()
                .filter(usage -> !usage.account().period().contains(row.now()))
                .toList();
        for (var usage : before) {
            section.add(Panel.fact(
                    "until " + Moments.at(usage.account().period().end()),
                    new Span(Figures.count(usage.used()) + " of " + Figures.count(usage.amount() + usage.carried()))));
        }
        if (before.isEmpty()) {
            section.add(new Paragraph("This is the first."));
        }
        return section;
    }
}
