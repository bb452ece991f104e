package dev.gatehouse.console.settings;

import com.vaadin.flow.component.html.Span;

/** Label and help of what is no single field, in the look of a field's. */
final class Captions {

    private Captions() {}

    static Span above(Face face) {
        var label = new Span(face.label());
        label.addClassName("settings-label");
        label.setVisible(!face.quiet());
        return label;
    }

    static Span beneath(Face face) {
        var help = new Span(face.setting().help());
        help.addClassName("settings-help");
        help.setVisible(!face.quiet() && !face.setting().help().isEmpty());
        return help;
    }
}
