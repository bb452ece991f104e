package dev.gatehouse.console.publish;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeLeaveEvent;
import java.util.function.BooleanSupplier;

/** Asks once before typed input is lost: on the way to another view, and when the browser leaves. */
public final class UnsavedInput {

    private final BooleanSupplier edited;
    private boolean guarded;
    private boolean leaving;

    public UnsavedInput(BooleanSupplier edited) {
        this.edited = edited;
    }

    /** After an edit: the browser, too, is to ask, or no longer. */
    public void refresh() {
        guard(edited.getAsBoolean());
    }

    private void guard(boolean wanted) {
        if (wanted != guarded) {
            guarded = wanted;
            UI.getCurrentOrThrow()
                    .getPage()
                    .executeJs("window.onbeforeunload = $0 ? event => event.preventDefault() : null", wanted);
        }
    }

    public void leave(BeforeLeaveEvent event) {
        if (leaving || !edited.getAsBoolean()) {
            return;
        }
        var way = event.postpone();
        new Question("Leave without publishing?")
                .say("What you typed is not published yet. Leaving throws it away.")
                .answer("Discard and leave", () -> {
                    guard(false);
                    leaving = true;
                    way.proceed();
                    leaving = false;
                })
                .expected("Stay", way::cancel)
                .open();
    }
}
