package dev.gatehouse.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.live.Convergence.Level;
import java.util.Locale;

/** A state that people should know of, at the top of what it concerns: what is, and what follows from it. */
public final class Notice extends Div {

    private final Span title = new Span();
    private final Span text = new Span();

    /** Not shown until it has something to say. */
    public Notice() {
        addClassName("notice");
        getElement().setAttribute("role", "status");
        title.addClassName("notice-title");
        add(Glyph.WARNING.create(), new Div(title, text));
        clear();
    }

    public void say(Level level, String what, String consequence) {
        getElement().setAttribute("data-level", level.name().toLowerCase(Locale.ROOT));
        title.setText(what);
        text.setText(consequence);
        setVisible(true);
    }

    public void clear() {
        setVisible(false);
    }
}
