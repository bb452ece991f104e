package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;

/** The frame of a {@link Detail}: its title, what can be done with the thing, and a way to close it. */
public final class Panel extends Div {

    private final H2 title = new H2();
    private final Div marks = new Div();
    private final Div actions = new Div();
    private final Div body = new Div();

    public Panel(Runnable close) {
        addClassName("panel");
        marks.addClassName("panel-marks");
        actions.addClassName("panel-actions");
        body.addClassName("panel-body");
        var away = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> close.run());
        away.addThemeVariants(ButtonVariant.TERTIARY);
        away.setAriaLabel("Close");
        away.setTooltipText("Close");
        var head = new Div(title, marks, actions, away);
        head.addClassName("panel-head");
        add(head, body);
    }

    public void title(String text) {
        title.setText(text);
    }

    /** Beside the title: badges. */
    public void mark(Component... badges) {
        marks.removeAll();
        marks.add(badges);
    }

    public void action(Component button) {
        actions.add(button);
    }

    public void body(Component... content) {
        body.add(content);
    }

    /** Below the body, always in sight. */
    public void foot(Component content) {
        var foot = new Div(content);
        foot.addClassName("panel-foot");
        add(foot);
    }

    /** A heading with what belongs to it. */
    public static Div section(String heading, Component... content) {
        var section = new Div(new H3(heading));
        section.addClassName("panel-section");
        section.add(content);
        return section;
    }

    /** A fact: what it is, and its value. */
    public static Div fact(String name, Component value) {
        var label = new Span(name);
        label.addClassName("fact-name");
        value.addClassName("fact-value");
        var fact = new Div(label, value);
        fact.addClassName("fact");
        return fact;
    }
}
