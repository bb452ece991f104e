package dev.gatehouse.console.node;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.publish.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a node says of itself. */
final class NodePanel implements Detail<NodeRow> {

    private final String name;
    private final Consumer<String> forget;
    private final Button forgetting = new Button("Forget node");
    private final Div facts = new Div();
    private final Panel panel;
    private final Span heard = new Span();
    private List<Object> shown = List.of();

    NodePanel(String name, Runnable close, Consumer<String> forget) {
        this.name = name;
        this.forget = forget;
        panel = new Panel(close);
        panel.title(name);
        forgetting.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        forgetting.addClickListener(_ -> ask());
        forgetting.setVisible(false);
        panel.action(forgetting);
        facts.addClassName("fact-list");
        facts.add(unknown());
        panel.body(facts);
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public void show(Optional<NodeRow> now) {
        now.ifPresent(row -> heard.setText(row.heard()));
        var steady = now.map(NodeRow::steady).orElse(List.of());
        if (!steady.equals(shown)) {
            shown = steady;
            facts.removeAll();
            forgetting.setVisible(now.filter(row -> !row.known().serving()).isPresent());
            now.ifPresentOrElse(this::fill, () -> facts.add(unknown()));
        }
    }

    private Paragraph unknown() {
        return new Paragraph("No node " + name + " has reported.");
    }

    private void fill(NodeRow row) {
        var report = row.known().report();
        panel.mark(Cells.state(row.level(), row.word()));
        facts.add(
                Panel.fact("Address", Cells.exact(report.address())),
                Panel.fact("Last heard of", heard),
                Panel.fact("Revision", new Span(row.revision())),
                Panel.fact(
                        "Serves it since",
                        new Span(row.known().appliedAt().map(Moments::at).orElse("–"))),
                Panel.fact("Started", new Span(Moments.at(report.startedAt()))),
                Panel.fact("Software", Cells.exact(report.software())));
        if (!report.problems().isEmpty()) {
            var problems = new UnorderedList();
            report.problems().forEach(problem -> problems.add(new ListItem(problem)));
            facts.add(Panel.section("Problems", problems));
        }
        if (!row.known().serving()) {
            facts.add(
                    Cells.secondary(
                            "A silent node may be stopped, or cut off from the database: then it goes on serving what it has."));
        }
    }

    private void ask() {
        var question = new Question("Forget node " + name + "?");
        question.say("It has been silent and goes from this list. Should it report again, it comes back by itself.")
                .stay("Keep it")
                .danger("Forget node", () -> {
                    question.close();
                    forget.accept(name);
                })
                .open();
    }
}
