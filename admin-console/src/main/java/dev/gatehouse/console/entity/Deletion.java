package dev.gatehouse.console.entity;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.publish.Question;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Optional;

/** Asks before a thing is deleted, and says first what follows. */
final class Deletion {

    private final Publisher publisher;
    private final Thing thing;
    private final Kind kind;
    private final Impact impact;
    private final Runnable deleted;
    private final Question question;

    Deletion(Publisher publisher, Thing thing, Impact impact, Runnable deleted) {
        this.publisher = publisher;
        this.thing = thing;
        this.kind = Kind.of(thing.entity());
        this.impact = impact;
        this.deleted = deleted;
        this.question = new Question(
                impact.users().isEmpty()
                        ? "Delete " + kind.words() + " " + thing.name() + "?"
                        : "The " + kind.words() + " " + thing.name() + " is in use");
    }

    void ask() {
        impact.sentences().forEach(question::say);
        if (!impact.users().isEmpty()) {
            var users = new UnorderedList();
            impact.users().forEach(user -> users.add(new ListItem(link(user))));
            question.show(users).stay("Close");
        } else if (impact.forGood()) {
            question.stay("Keep it").dangerForGood("Delete " + kind.words(), thing.name(), this::delete);
        } else {
            question.stay("Keep it").danger("Delete " + kind.words(), this::delete);
        }
        question.open();
    }

    private Anchor link(String address) {
        var link = new Anchor(address, address.substring(address.indexOf('/') + 1));
        link.getElement().addEventListener("click", _ -> question.close());
        return link;
    }

    /** A route comes back with the keys that were for it. */
    private List<Edit> back(long deletedIn) {
        var put = new Edit.Put(thing.name(), thing.entity(), 0);
        return kind == Kind.ROUTE ? List.of(put, new Edit.RegainRoute(thing.name(), deletedIn)) : List.of(put);
    }

    private void delete() {
        var undo = impact.forGood()
                ? Optional.<Publisher.Undo>empty()
                : Optional.of(
                        new Publisher.Undo("Undo the deletion of " + kind.words() + " " + thing.name(), this::back));
        var edit = new Edit.Delete(kind, thing.name(), thing.revision());
        switch (publisher.publish("", List.of(edit), undo)) {
            case Publication.Published _, Publication.Unchanged _ -> {
                question.close();
                deleted.run();
            }
            case Publication.Refused(var problems) ->
                question.refuse(problems.getFirst().message());
            case Publication.Conflict conflict ->
                question.refuse(conflict.author() + " changed it in revision " + conflict.revision()
                        + " while you were looking at it. Close this and look again before you delete it.");
        }
    }
}
