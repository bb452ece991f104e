package dev.gatehouse.console.publish;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeLeaveEvent;
import java.util.function.BooleanSupplier;

/** Asks once before typed input is lost: on the way to another view, and when the browser leaves. */
public final class UnsavedInput {

    private final Component owner;
    private final BooleanSupplier edited;
    private boolean guarded;
    private boolean leaving;

    public UnsavedInput(Component owner, BooleanSupplier edited) {
        this.owner = owner;
        this.edited = edited;
    }

    /** After an edit: the browser, too, is to ask, or no longer. */
    public void refresh() {
        if (edited.getAsBoolean() != guarded) {
            guarded = !guarded;
            owner.getElement()
                    .executeJs("window.onbeforeunload = $0 ? event => event.preventDefault() : null", guarded);
        }
    }

    public void leave(BeforeLeaveEvent event) {
        if (leaving || !edited.getAsBoolean()) {
            return;
        }
        var way = event.postpone();
        var question = new Question("Leave without publishing?");
        question.say("What you typed is not published yet. Leaving throws it away.")
                .danger("Discard and leave", () -> {
                    question.close();
                    leaving = true;
                    way.proceed();
                    leaving = false;
                })
                .expected("Stay", way::cancel)
                .open();
    }
}
