package dev.gatehouse.console.key;

import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.publish.Question;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Optional;

/** Asks before keys are revoked, and says first how they are used. It can be taken back for a moment. */
final class Revocation {

    private static final int TOLD = 5;

    private final Publisher publisher;
    private final Runnable done;

    Revocation(Publisher publisher, Runnable done) {
        this.publisher = publisher;
        this.done = done;
    }

    /** @param others names of the consumer's other keys in force */
    void ask(KeyRow row, List<String> others) {
        var key = row.key();
        var question = new Question("Revoke key " + key.name() + "?");
        question.say(row.told())
                .say("Every node refuses it within about 2 seconds.")
                .say(
                        others.isEmpty()
                                ? key.consumer()
                                        + " has no other key in force: after this it can call public routes only."
                                : key.consumer() + " can still call with: " + some(others) + ".")
                .stay("Keep it")
                .danger("Revoke key", () -> revoke(List.of(row), question))
                .open();
    }

    /** All of these in one revision. */
    void ask(List<KeyRow> rows) {
        long called = rows.stream()
                .filter(row -> row.usage().filter(usage -> usage.today() > 0).isPresent())
                .count();
        var question = new Question("Revoke " + rows.size() + " keys?");
        question.say(some(rows.stream()
                        .map(row -> row.key().consumer() + "/" + row.name())
                        .toList()))
                .say(called == 0 ? "None of them was used today." : called + " of them were used today.")
                .say("Every node refuses them within about 2 seconds.")
                .stay("Keep them")
                .dangerForGood("Revoke keys", Integer.toString(rows.size()), () -> revoke(rows, question))
                .open();
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(TOLD, names.size())))
                + (names.size() > TOLD ? " and " + (names.size() - TOLD) + " more" : "");
    }

    private void revoke(List<KeyRow> rows, Question question) {
        var edits =
                rows.stream().map(row -> (Edit) new Edit.RevokeKey(row.id())).toList();
        var undo = new Publisher.Undo(
                "Undo the revocation",
                rows.stream().map(row -> (Edit) new Edit.RestoreKey(row.id())).toList());
        switch (publisher.publish("", edits, Optional.of(undo))) {
            case Publication.Published _, Publication.Unchanged _ -> {
                question.close();
                done.run();
            }
            case Publication.Refused(var problems) ->
                question.refuse(problems.getFirst().message());
            case Publication.Conflict conflict -> question.refuse(conflict.sentence());
        }
    }
}
