package dev.gatehouse.console.publish;

import com.vaadin.flow.component.html.Div;
import dev.gatehouse.console.revision.Differences;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.Publication.Conflict;

/** What is asked when somebody else changed a thing while it was being edited. Nothing is overwritten unasked. */
public final class Conflicts {

    private Conflicts() {}

    /**
     * @param reload shows what they made of it; what was typed is thrown away
     * @param keep publishes what was typed over theirs
     */
    public static void ask(Conflict conflict, Runnable reload, Runnable keep) {
        var changes = new Div();
        changes.addClassName("conflict-changes");
        conflict.changes().forEach(change -> changes.add(new Differences(change)));
        var question = new Question("Somebody else changed this");
        question.setWidth("min(44rem, 100vw - 2rem)");
        question.say(conflict.sentence() + " Your input is not published, and still in the form.")
                .say(conflict.changes().size() == 1 ? "Their change:" : "Their changes, oldest first:")
                .show(changes)
                .stay("Back to my input")
                .answer("Reload theirs", reload)
                .answer("Keep mine on top", keep)
                .open();
    }

    /** The revision to expect when publishing over theirs. */
    public static long over(Conflict conflict) {
        boolean gone = conflict.changes().getLast().action() == Change.Action.DELETE;
        return gone ? 0 : conflict.revision();
    }
}
