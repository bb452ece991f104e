package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Where a list would be: why there is none, and what to do next. */
final class Blank extends Div {

    Blank(String heading, String sentence, Component... actions) {
        addClassName("blank");
        add(new H2(heading), new Paragraph(sentence));
        add(actions);
    }

    /** The shape of a list of which nothing is known yet. */
    static Div skeleton() {
        var skeleton = new Div();
        skeleton.addClassName("skeleton");
        skeleton.getElement().setAttribute("aria-label", "Loading").setAttribute("role", "status");
        for (int i = 0; i < 6; i++) {
            var line = new Div();
            line.addClassName("skeleton-line");
            skeleton.add(line);
        }
        return skeleton;
    }
}
