package dev.gatehouse.console.key;

import com.vaadin.flow.component.select.Select;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.publish.Question;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts a new key in the place of one, which goes on for as long as its holder needs to change over. */
final class Rotation {

    private final Publisher publisher;
    private final Peppers peppers;
    private final Select<Overlap> overlap = new Select<>();

    Rotation(Publisher publisher, Peppers peppers) {
        this.publisher = publisher;
        this.peppers = peppers;
        overlap.setLabel("The old key goes on for");
        overlap.setItems(Overlap.values());
        overlap.setValue(Overlap.DAY);
    }

    /** @param issued takes the new key, to be shown once */
    void ask(ApiKey old, Consumer<KeyText> issued) {
        var question = new Question("Rotate key " + old.name() + "?");
        question.say("A new key takes its name and is for the same. Both are taken until the old one ends.")
                .show(overlap)
                .stay("Cancel")
                .expected("Issue the new key", () -> rotate(old, issued))
                .open();
    }

    private void rotate(ApiKey old, Consumer<KeyText> issued) {
        var key = KeyText.create(old.terms().environment());
        var until = Instant.now().plus(overlap.getValue().span()).truncatedTo(ChronoUnit.SECONDS);
        switch (publisher.publish(
                "Rotate key " + old.consumer() + "/" + old.name(),
                KeyStore.rotation(old, key, peppers.newest(), until, Optional.empty()))) {
            case Publication.Published _ -> issued.accept(key);
            case Publication.Refused(var problems) -> refuse(problems.getFirst().message());
            case Publication.Conflict conflict -> refuse(conflict.sentence());
            case Publication.Unchanged _ -> throw new IllegalStateException("A new key changed nothing");
        }
    }

    private static void refuse(String sentence) {
        new Question("Not rotated").say(sentence).stay("Close").open();
    }
}
