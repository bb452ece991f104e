package dev.gatehouse.console.revision;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.db.store.Change;
import java.util.Optional;

/** What a revision did to one thing: each setting that changed, with its value before and after. */
public final class Differences extends Div {

    public Differences(Change change) {
        addClassName("differences");
        var action = new Span(verb(change));
        action.addClassName("differences-action");
        action.getElement().setAttribute("data-action", change.action().toString());
        var name = new Span(change.name());
        name.addClassName("differences-name");
        var head = new Div(action, new Span(change.kind()), name);
        head.addClassName("differences-head");
        add(head);
        Difference.of(change).forEach(difference -> add(row(difference)));
    }

    /** What was done, as a word. */
    static String verb(Change change) {
        return switch (change.action()) {
            case CREATE -> change.kind().equals("key") ? "issued" : "created";
            case UPDATE -> "changed";
            case DELETE -> change.kind().equals("key") ? "revoked" : "deleted";
        };
    }

    private static Div row(Difference difference) {
        var path = new Span(difference.path());
        path.addClassName("difference-path");
        var row = new Div(path, value("before", "−", difference.before()), value("after", "+", difference.after()));
        row.addClassName("difference");
        return row;
    }

    private static Div value(String side, String sign, Optional<String> value) {
        var mark = new Span(sign);
        mark.addClassName("difference-sign");
        mark.getElement().setAttribute("aria-label", side);
        var text =
                new Span(value.map(known -> known.isEmpty() ? "(empty)" : known).orElse(""));
        var shown = new Div(mark, text);
        shown.addClassName("difference-value");
        shown.getElement().setAttribute("data-side", side);
        shown.setVisible(value.isPresent());
        return shown;
    }
}
