package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.model.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConflictTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private final ConfigurationStore store = DB.store();

    private Publication publish(String author, Edit... edits) {
        return store.publish(List.of(edits), new Author(author, ""));
    }

    private static Edit put(int port, long expected) {
        return new Edit.Put("users", service(port), expected);
    }

    @Test
    void saysWhoChangedWhatInsteadOfOverwritingIt() {
        publish("ann", put(1, 0));
        publish("ben", put(2, 1));
        publish("cat", put(3, 2));
        assertThat(publish("ann", put(4, 1))).isInstanceOfSatisfying(Publication.Conflict.class, conflict -> {
            assertThat(conflict.sentence())
                    .isEqualTo("cat changed service 'users' in revision 3 while you were editing it.");
            assertThat(conflict.author()).isEqualTo("cat");
            assertThat(conflict.revision()).isEqualTo(3);
            assertThat(conflict.kind()).isEqualTo("service");
            assertThat(conflict.name()).isEqualTo("users");
            assertThat(conflict.at())
                    .isEqualTo(new History(DB.database()).newest(1).getFirst().at());
            assertThat(conflict.changes())
                    .extracting(Change::before, Change::after)
                    .containsExactly(tuple(settings(1), settings(2)), tuple(settings(2), settings(3)));
        });
        assertThat(DB.reader().load().snapshot().services()).isEqualTo(Map.of("users", service(3)));
        assertThat(DB.reader().version().revision()).isEqualTo(3);
    }

    private static Optional<Map<String, Object>> settings(int port) {
        return Optional.of(Map.of("targets", List.of("http://127.0.0.1:" + port)));
    }

    @Test
    void takesASaveOfWhatTheAuthorSaw() {
        publish("ann", put(1, 0));
        DB.publish("web-shop", consumer(""));
        assertThat(FreshDatabase.published(publish("ann", put(2, 1)))).isEqualTo(3);
    }

    @Test
    void savesNothingBesideAStaleEdit() {
        publish("ann", put(1, 0));
        publish("ben", put(2, 1));
        assertThat(publish("ann", new Edit.Put("web-shop", consumer(""), 0), put(3, 1)))
                .isInstanceOf(Publication.Conflict.class);
        assertThat(DB.reader().load().snapshot().consumers()).isEmpty();
    }

    @Test
    void refusesToCreateWhatSomebodyElseCreated() {
        publish("ann", put(1, 0));
        assertThat(publish("ben", put(2, 0)))
                .isInstanceOfSatisfying(
                        Publication.Conflict.class,
                        conflict -> assertThat(conflict.author()).isEqualTo("ann"));
    }

    @Test
    void refusesToDeleteWhatSomebodyElseChanged() {
        publish("ann", put(1, 0));
        publish("ben", put(2, 1));
        assertThat(publish("ann", new Edit.Delete(Kind.SERVICE, "users", 1))).isInstanceOf(Publication.Conflict.class);
        assertThat(publish("ann", new Edit.Delete(Kind.SERVICE, "users", 2))).isInstanceOf(Publication.Published.class);
    }

    @Test
    void refusesToBringBackWhatSomebodyElseDeleted() {
        publish("ann", put(1, 0));
        publish("ben", new Edit.Delete(Kind.SERVICE, "users", 1));
        assertThat(publish("ann", put(2, 1))).isInstanceOfSatisfying(Publication.Conflict.class, conflict -> {
            assertThat(conflict.author()).isEqualTo("ben");
            assertThat(conflict.changes()).extracting(Change::action).containsExactly(Change.Action.DELETE);
        });
        assertThat(publish("ann", put(2, 0))).isInstanceOf(Publication.Published.class);
    }

    @Test
    void overwritesForWhoeverDoesNotCare() {
        publish("ann", put(1, 0));
        publish("ben", put(2, 1));
        assertThat(publish("ann", put(3, Edit.ANY))).isInstanceOf(Publication.Published.class);
    }

    @Test
    void refusesASaveOfWhatWasSeenBeforeTheDatabaseWasRestored() {
        publish("ann", put(1, 0));
        assertThat(publish("ann", put(2, 7))).isInstanceOf(Publication.Conflict.class);
        assertThat(DB.reader().load().snapshot().services()).isEqualTo(Map.of("users", service(1)));
    }
}
