package dev.gatehouse.console.revision;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Detail;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import java.util.Optional;

/** What a revision changed, before and after. */
final class RevisionPanel implements Detail<RevisionRow> {

    private final Div body = new Div();
    private final Panel panel;
    private final String number;

    RevisionPanel(String number, Runnable close) {
        this.number = number;
        panel = new Panel(close);
        panel.title("Revision " + number);
        body.addClassName("fact-list");
        panel.body(body);
    }

    @Override
    public Component component() {
        return panel;
    }

    @Override
    public void show(Optional<RevisionRow> now) {
        body.removeAll();
        if (now.isEmpty()) {
            body.add(new Paragraph("There is no revision " + number + "."));
            return;
        }
        var revision = now.get().revision();
        body.add(
                Panel.fact("Author", new Span(revision.author())),
                Panel.fact("Published", new Span(Moments.at(revision.at()))),
                Panel.fact("Reason", new Span(revision.reason().isBlank() ? "none given" : revision.reason())));
        var changes = Panel.section("Changes");
        revision.changes().forEach(change -> changes.add(new Differences(change)));
        body.add(changes);
    }
}
