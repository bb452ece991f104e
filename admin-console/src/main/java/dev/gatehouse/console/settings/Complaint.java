package dev.gatehouse.console.settings;

import com.vaadin.flow.component.html.Div;

/** What is wrong with a whole, where no single field can say it. */
final class Complaint extends Div {

    private boolean touched;

    Complaint() {
        addClassName("settings-problem");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    /** From now on a problem is worth telling. */
    void touch() {
        touched = true;
    }

    void reset(boolean touched) {
        this.touched = touched;
        setVisible(false);
    }

    /** @return is anything shown? */
    boolean tell(Findings findings) {
        touched |= findings.everywhere();
        findings.message().ifPresent(this::setText);
        setVisible(touched && findings.message().isPresent());
        return isVisible();
    }
}
