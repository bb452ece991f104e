package dev.gatehouse.console.publish;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.login.SignedIn;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.db.store.Saving;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes edits as whoever is signed in. What went through is told in a notification that follows it to the nodes. */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int SHOWN_MILLIS = 5_000;

    private final ConfigurationStore store;
    private final ConfigurationReader reader;
    private final History history;
    private final Poller<Fleet> fleet;

    public Publisher(ConfigurationStore store, ConfigurationReader reader, History history, Poller<Fleet> fleet) {
        this.store = store;
        this.reader = reader;
        this.history = history;
        this.fleet = fleet;
    }

    public Poller<Fleet> fleet() {
        return fleet;
    }

    /** What becomes of a thing when it is published. */
    public Saving saving() {
        return store.saving();
    }

    /** What is configured as far as the poller knows; empty before its first answer. */
    public Snapshot snapshot() {
        return fleet.current()
                .value()
                .map(known -> known.configuration().snapshot())
                .orElse(Snapshot.EMPTY);
    }

    /** What is configured now, without waiting for the poller; empty while the database does not answer. */
    public Optional<Fleet> latest() {
        try {
            var loaded = reader.load();
            var known = fleet.current().value();
            return Optional.of(new Fleet(
                    loaded,
                    Instant.now(),
                    known.map(Fleet::nodes).orElse(List.of()),
                    known.map(Fleet::keyed).orElse(false)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A way back, offered for 10 s.
     *
     * @param edits by the revision that they take back, so that what somebody else saved since then is not lost
     */
    public record Undo(String reason, LongFunction<List<Edit>> edits) {

        public Undo(String reason, List<Edit> edits) {
            this(reason, _ -> edits);
        }
    }

    public Publication publish(String reason, List<Edit> edits) {
        return publish(reason, edits, Optional.empty());
    }

    /** @return what came of it; while the database does not answer, a refusal that says so */
    public Publication publish(String reason, List<Edit> edits, Optional<Undo> undo) {
        var ui = UI.getCurrentOrThrow();
        var publication = tryTo(edits, new Author(SignedIn.in(ui).name(), reason.strip()));
        switch (publication) {
            case Publication.Published(long revision, var _) -> follow(revision, undo);
            case Publication.Unchanged _ ->
                Notification.show(
                        "Nothing changed, so nothing was published.", SHOWN_MILLIS, Notification.Position.BOTTOM_START);
            case Publication.Refused _, Publication.Conflict _ -> {}
        }
        return publication;
    }

    private Publication tryTo(List<Edit> edits, Author author) {
        try {
            return store.publish(edits, author);
        } catch (RuntimeException e) {
            LOG.warn("Publishing failed: {}", e.toString());
            return new Publication.Refused(
                    List.of(
                            new Problem(
                                    "",
                                    "The database did not answer, so this is not known to be published. Everything typed is kept; try again.")));
        }
    }

    private void follow(long revision, Optional<Undo> undo) {
        fleet.soon();
        var landing = new Landing(revision, publishedAt(revision), fleet);
        undo.ifPresent(
                back -> landing.offer(() -> takeBack(back.reason(), back.edits().apply(revision))));
        landing.openInsteadOfTheLast(UI.getCurrentOrThrow());
    }

    private void takeBack(String reason, List<Edit> edits) {
        switch (publish(reason, edits)) {
            case Publication.Published _, Publication.Unchanged _ -> {}
            case Publication.Refused(var problems) ->
                fail("Not undone. " + problems.getFirst().message());
            case Publication.Conflict conflict -> fail("Not undone. " + conflict.sentence());
        }
    }

    private static void fail(String sentence) {
        Notification.show(sentence, SHOWN_MILLIS, Notification.Position.BOTTOM_START)
                .addThemeVariants(NotificationVariant.ERROR);
    }

    /** On the database's clock, as the nodes' times are. */
    private Optional<Instant> publishedAt(long revision) {
        try {
            return history.newest(3).stream()
                    .filter(known -> known.revision() == revision)
                    .findFirst()
                    .map(History.Revision::at);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
