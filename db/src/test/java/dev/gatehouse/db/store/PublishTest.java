package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.limit;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Author ANN = new Author("ann", "first things");
    private final ConfigurationStore store = DB.store();

    @Test
    void startsWithNothingAtRevision0() {
        var loaded = DB.reader().load();
        assertThat(loaded.version().revision()).isZero();
        assertThat(loaded.snapshot()).isEqualTo(Snapshot.EMPTY);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.version()).isEqualTo(DB.reader().version());
    }

    @Test
    void makesOneRevisionOfAllEdits() {
        var limited = route("/users/**", "users", limit(60, RateLimit.Per.CONSUMER, ""));
        var publication = store.publish(
                List.of(
                        new Edit.Put("users-api", limited, 0),
                        new Edit.Put("users", service(9101), 0),
                        new Edit.Put("web-shop", consumer("The shop"), 0)),
                ANN);
        assertThat(publication).isInstanceOfSatisfying(Publication.Published.class, done -> {
            assertThat(done.revision()).isEqualTo(1);
            assertThat(done.changes())
                    .extracting(Change::kind, Change::name, Change::action)
                    .containsExactlyInAnyOrder(
                            tuple("service", "users", Change.Action.CREATE),
                            tuple("route", "users-api", Change.Action.CREATE),
                            tuple("consumer", "web-shop", Change.Action.CREATE));
        });
        var loaded = DB.reader().load();
        assertThat(loaded.version().revision()).isEqualTo(1);
        assertThat(loaded.snapshot())
                .isEqualTo(new Snapshot(
                        Map.of("users", service(9101)),
                        Map.of("users-api", limited),
                        Map.of("web-shop", consumer("The shop")),
                        Map.of()));
        assertThat(loaded.revisionOf(Kind.ROUTE, "users-api")).isEqualTo(1);
        assertThat(loaded.revisionOf(Kind.ROUTE, "other")).isZero();
    }

    @Test
    void writesDownWhoDidWhatAndWhyAndHowItWasBefore() {
        DB.publish("users", service(9101));
        var started = Instant.now().minus(Duration.ofMinutes(1));
        store.publish(List.of(new Edit.Put("users", service(9999), 1)), new Author("ben", "new port"));
        store.publish(List.of(new Edit.Delete(Kind.SERVICE, "users", 2)), new Author("cat", "gone"));

        assertThat(new History(DB.database()).newest(2))
                .satisfiesExactly(
                        gone -> {
                            assertThat(gone.revision()).isEqualTo(3);
                            assertThat(gone.author()).isEqualTo("cat");
                            assertThat(gone.changes())
                                    .containsExactly(new Change(
                                            "service",
                                            "users",
                                            Change.Action.DELETE,
                                            Optional.of(Map.of("targets", List.of("http://127.0.0.1:9999"))),
                                            Optional.empty()));
                        },
                        moved -> {
                            assertThat(moved.revision()).isEqualTo(2);
                            assertThat(moved.author()).isEqualTo("ben");
                            assertThat(moved.reason()).isEqualTo("new port");
                            assertThat(moved.at()).isBetween(started, started.plus(Duration.ofMinutes(5)));
                            assertThat(moved.changes())
                                    .containsExactly(new Change(
                                            "service",
                                            "users",
                                            Change.Action.UPDATE,
                                            Optional.of(Map.of("targets", List.of("http://127.0.0.1:9101"))),
                                            Optional.of(Map.of("targets", List.of("http://127.0.0.1:9999")))));
                        });
        assertThat(new AuditLog(DB.database()).newest(10))
                .extracting(AuditLog.Entry::actor, AuditLog.Entry::action, AuditLog.Entry::subject)
                .containsExactly(
                        tuple("cat", "delete service", "users"),
                        tuple("ben", "update service", "users"),
                        tuple("setup", "create service", "users"));
        assertThat(new AuditLog(DB.database()).newest(1).getFirst().detail())
                .isEqualTo(Map.of("revision", 3, "reason", "gone"));
    }

    @Test
    void writesHistoryAuditAndRowsTogetherOrNotAtAll() {
        DB.publish("users", service(9101));
        DB.execute("alter table audit add constraint full_disk check (actor <> 'ann')");
        try {
            assertThatThrownBy(() -> store.publish(List.of(new Edit.Put("orders", service(9103), 0)), ANN))
                    .hasMessageContaining("full_disk");
        } finally {
            DB.execute("alter table audit drop constraint full_disk");
        }
        assertThat(DB.reader().load().version().revision()).isEqualTo(1);
        assertThat(DB.reader().load().snapshot().services()).containsOnlyKeys("users");
        assertThat(DB.query("select revision from revision")).containsExactly("1");
        assertThat(DB.query("select revision from change")).containsExactly("1");
    }

    @Test
    void publishesNothingWhereNothingDiffers() {
        DB.publish("users", service(9101));
        assertThat(store.publish(List.of(new Edit.Put("users", service(9101), 1)), ANN))
                .isEqualTo(new Publication.Unchanged(1));
        assertThat(store.publish(List.of(), ANN)).isEqualTo(new Publication.Unchanged(1));
        assertThat(DB.query("select revision from revision")).containsExactly("1");
        assertThat(DB.query("select actor from audit")).containsExactly("setup");
    }

    @Test
    void changesOnlyWhatDiffers() {
        DB.publish("users", service(9101));
        var publication = store.publish(
                List.of(
                        new Edit.Put("users", service(9101), Edit.ANY),
                        new Edit.Put("orders", service(9103), Edit.ANY)),
                ANN);
        assertThat(FreshDatabase.published(publication)).isEqualTo(2);
        var loaded = DB.reader().load();
        assertThat(loaded.revisionOf(Kind.SERVICE, "users")).isEqualTo(1);
        assertThat(loaded.revisionOf(Kind.SERVICE, "orders")).isEqualTo(2);
    }

    @Test
    void countsARevisionForATakenBackChange() {
        DB.publish("users", service(9101));
        DB.publish("users", service(9999));
        assertThat(DB.publish("users", service(9101))).isEqualTo(3);
    }

    @Test
    void keepsWhatThreeThingsOfOneNameAre() {
        DB.publish("shop", service(9101));
        DB.publish("shop", route("/shop", "shop"));
        DB.publish("shop", consumer("The shop"));
        store.publish(List.of(new Edit.Delete(Kind.ROUTE, "shop", Edit.ANY)), ANN);
        assertThat(DB.reader().load().snapshot())
                .isEqualTo(new Snapshot(
                        Map.of("shop", service(9101)), Map.of(), Map.of("shop", consumer("The shop")), Map.of()));
    }

    @Test
    void keepsTextsAsTheyWereTyped() {
        var typed = "O'Reilly \"quoted\" \\ ? :name $1 {} \u00fc 世 🙂 \u2028";
        DB.publish("web-shop", consumer(typed));
        assertThat(DB.reader().load().snapshot().consumers()).containsValue(consumer(typed));
        store.publish(List.of(new Edit.Put("a", consumer(""), 0)), new Author(typed, typed));
        assertThat(new History(DB.database()).newest(1).getFirst().reason()).isEqualTo(typed);
    }
}
