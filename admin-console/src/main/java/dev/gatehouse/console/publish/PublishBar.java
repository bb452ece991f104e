package dev.gatehouse.console.publish;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;

/** Beneath a form: why, and the button that says what it will do. Ctrl-Enter does the same. */
public final class PublishBar extends Div {

    private final TextField reason = new TextField();
    private final Button publish;
    private final Button discard;

    /** @param verb what publishing does here, such as {@code Publish} */
    public PublishBar(String verb, Poller<Fleet> fleet, Runnable publishing, Runnable discarding) {
        addClassName("publish-bar");
        reason.setPlaceholder("Why? Optional, for the history");
        reason.setAriaLabel("Why");
        reason.setMaxLength(500);
        publish = new Button(verb, _ -> publishing.run());
        publish.addThemeVariants(ButtonVariant.PRIMARY);
        publish.addClickShortcut(Key.ENTER, KeyModifier.CONTROL).resetFocusOnActiveElement();
        discard = new Button("Discard", _ -> discarding.run());
        discard.addThemeVariants(ButtonVariant.TERTIARY);
        add(reason, discard, publish);
        fleet.bind(this, reading -> publish.setText(verb + next(reading)));
    }

    private static String next(Reading<Fleet> reading) {
        return reading.value()
                .map(fleet -> " as rev " + (fleet.version().revision() + 1))
                .orElse("");
    }

    public String reason() {
        return reason.getValue();
    }

    public void clear() {
        reason.clear();
    }

    /** @param text what is thrown away, such as {@code Discard changes} */
    public void offerDiscard(boolean offered, String text) {
        discard.setVisible(offered);
        discard.setText(text);
    }
}
