package dev.gatehouse.console.publish;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** A question whose answers say what they do. Escape changes nothing. */
public final class Question extends Dialog {

    private final Div body = new Div();
    private final Div trouble = new Div();

    public Question(String title) {
        addClassName("question");
        setHeaderTitle(title);
        setRole("alertdialog");
        body.addClassName("question-body");
        trouble.addClassName("settings-problem");
        trouble.getElement().setAttribute("role", "alert");
        trouble.setVisible(false);
        add(body, trouble);
    }

    public Question say(String sentence) {
        body.add(new Paragraph(sentence));
        return this;
    }

    public Question show(Component component) {
        body.add(component);
        return this;
    }

    /** An answer that changes nothing. */
    public Question stay(String text) {
        var button = new Button(text, _ -> close());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        getFooter().add(button);
        return this;
    }

    public Question answer(String text, Runnable action) {
        getFooter().add(new Button(text, _ -> run(action)));
        return this;
    }

    /** The answer that is expected of whoever opened this. */
    public Question expected(String text, Runnable action) {
        var button = new Button(text, _ -> run(action));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(button);
        return this;
    }

    /** An answer that destroys something. The question stays open until its action has closed it. */
    public Question danger(String text, Runnable action) {
        getFooter().add(destroying(text, action));
        return this;
    }

    /** An answer that destroys something for good: asks for its name first. */
    public Question dangerForGood(String text, String name, Runnable action) {
        var button = destroying(text, action);
        button.setEnabled(false);
        var typed = new TextField("Type " + name + " to confirm");
        typed.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        typed.addValueChangeListener(
                change -> button.setEnabled(change.getValue().strip().equals(name)));
        typed.setAutofocus(true);
        body.add(typed);
        getFooter().add(button);
        return this;
    }

    private static Button destroying(String text, Runnable action) {
        var button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        return button;
    }

    private void run(Runnable action) {
        close();
        action.run();
    }

    /** Says why an answer could not be followed. */
    public void refuse(String sentence) {
        trouble.setText(sentence);
        trouble.setVisible(true);
    }
}
