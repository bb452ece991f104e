package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    @BeforeEach
    void publishThreeThings() {
        DB.publish("users", service(9101));
        DB.publish("users-api", route("/users/**", "users"));
        DB.publish("web-shop", consumer(""));
    }

    private static void damage(String kind, String name, String settings) {
        DB.execute("update entity set settings = '" + settings + "' where kind = '" + kind + "' and name = '" + name
                + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "\"text\"",
                "{\"targets\": []}",
                "{\"targets\": [null]}",
                "{\"targets\": [{\"url\": {}}]}",
                "{\"targets\": {\"url\": \"http://users\"}}",
                "{\"targets\": [\"http://users\"], \"connect-timeout\": 1e400}",
                "{\"targets\": [\"http://users\"], \"connect-timeout\": []}"
            })
    void skipsARowThatCannotBeReadAndTellsOfIt(String settings) {
        damage("service", "users", settings);
        var loaded = DB.reader().load();
        assertThat(loaded.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.path()).startsWith("services.users"));
        assertThat(loaded.snapshot().services()).isEmpty();
        assertThat(loaded.snapshot().routes()).containsOnlyKeys("users-api");
        assertThat(loaded.snapshot().consumers()).containsOnlyKeys("web-shop");
        assertThat(loaded.version().revision()).isEqualTo(3);
        assertThat(loaded.revisionOf(Kind.SERVICE, "users")).isEqualTo(1);
    }

    @Test
    void saysWhatItDoesNotKnowOfANewerRelease() {
        damage("route", "users-api", """
                {"match": {"path": "/users/**"}, "forward": {"service": "users"}, "policies": [{"teleport": {}}]}
                """);
        assertThat(DB.reader().load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("routes.users-api.policies[0].teleport");
            assertThat(problem.message()).startsWith("Unknown name 'teleport'. Known here: access, addresses, ");
        });
    }

    @Test
    void letsARowThatCannotBeReadBeReplaced() {
        damage("service", "users", "{\"shape\": \"of a newer release\"}");
        assertThat(DB.publish("users", service(9102))).isEqualTo(4);
        assertThat(DB.reader().load().problems()).isEmpty();
        assertThat(DB.reader().load().snapshot().services()).containsEntry("users", service(9102));
        assertThat(DB.query("select before ->> 'shape' from change where revision = 4 and action = 'update'"))
                .containsExactly("of a newer release");
    }

    @Test
    void letsARowThatCannotBeReadBeDeleted() {
        damage("consumer", "web-shop", "{\"shape\": \"of a newer release\"}");
        var publication =
                DB.store().publish(List.of(new Edit.Delete(Kind.CONSUMER, "web-shop", 3)), new Author("ann", ""));
        assertThat(FreshDatabase.published(publication)).isEqualTo(4);
        assertThat(DB.reader().load().problems()).isEmpty();
        assertThat(DB.query("select before ->> 'shape' from change where revision = 4 and action = 'delete'"))
                .containsExactly("of a newer release");
    }

    @Test
    void deletesARowThatIsNotEvenAMapping() {
        var deep = "[".repeat(2_000) + "]".repeat(2_000);
        damage("service", "users", deep);
        damage("consumer", "web-shop", "7");
        DB.store().publish(List.of(new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY)), new Author("ann", ""));
        assertThat(DB.query("select before from change where revision = 4")).containsExactly("{\"unreadable\": \"7\"}");
        assertThat(DB.publish("users", service(9102))).isEqualTo(5);
        assertThat(new History(DB.database())
                        .newest(1)
                        .getFirst()
                        .changes()
                        .getFirst()
                        .before())
                .contains(Map.of("unreadable", deep));
    }

    @Test
    void writesBesideARowThatCannotBeRead() {
        damage("service", "users", "{}");
        assertThat(DB.publish("orders", service(9103))).isEqualTo(4);
        assertThat(DB.query("select settings from entity where name = 'users'")).containsExactly("{}");
    }

    @Test
    void beginsANewEpochAfterARestore() {
        var before = DB.reader().version();
        DB.execute("update head set epoch = gen_random_uuid()");
        assertThat(DB.reader().version()).isNotEqualTo(before);
        assertThat(DB.reader().version().revision()).isEqualTo(before.revision());
    }

    @Test
    void readsOnlyWhatChangedSince() {
        var reader = DB.reader();
        var before = reader.load();
        damage("consumer", "web-shop", "{\"shape\": \"by hand, without a revision\"}");
        DB.publish("orders", service(9103));
        DB.publish("users", service(9102));
        var after = reader.load();
        assertThat(after.problems()).isEmpty();
        assertThat(after.snapshot().services())
                .containsOnly(Map.entry("orders", service(9103)), Map.entry("users", service(9102)));
        assertThat(after.snapshot().routes()).isEqualTo(before.snapshot().routes());
        assertThat(after.snapshot().consumers()).isEqualTo(before.snapshot().consumers());
        assertThat(after.revisionOf(Kind.SERVICE, "users")).isEqualTo(5);
        assertThat(after.version().revision()).isEqualTo(5);
        assertThat(reader.load()).isSameAs(after);
    }

    @Test
    void noticesWhatIsGone() {
        var reader = DB.reader();
        reader.load();
        DB.publish(new Edit.Delete(Kind.ROUTE, "users-api", Edit.ANY), new Edit.Put("orders", service(9103), Edit.ANY));
        assertThat(reader.load()).isEqualTo(DB.reader().load());
        assertThat(reader.load().snapshot().routes()).isEmpty();
        DB.publish(new Edit.Delete(Kind.SERVICE, "users", Edit.ANY));
        assertThat(reader.load()).isEqualTo(DB.reader().load());
    }

    @Test
    void tellsOfARowAsLongAsItCannotBeRead() {
        var reader = DB.reader();
        reader.load();
        DB.publish("users", service(9102));
        damage("service", "users", "{}");
        assertThat(reader.load().problems()).isNotEmpty();
        assertThat(reader.load().snapshot().services()).isEmpty();
        DB.publish("orders", service(9103));
        assertThat(reader.load()).isEqualTo(DB.reader().load());
        assertThat(reader.load().problems()).isNotEmpty();
        DB.publish("users", service(9104));
        assertThat(reader.load()).isEqualTo(DB.reader().load());
        assertThat(reader.load().problems()).isEmpty();
    }

    @Test
    void readsAllAnewAfterARestore() {
        var reader = DB.reader();
        reader.load();
        damage("consumer", "web-shop", "{\"shape\": \"of a newer release\"}");
        DB.execute("update head set epoch = gen_random_uuid()");
        assertThat(reader.load().problems()).isNotEmpty();
        DB.execute("update head set revision = 2");
        DB.execute("delete from entity where revision > 2");
        assertThat(reader.load()).isEqualTo(DB.reader().load());
    }

    @Test
    void writesBesideARowOfAKindThatIsYetToCome() {
        DB.execute("insert into entity (kind, name, settings, revision) values ('teleport', 'beam', '{}', 3)");
        assertThat(DB.reader().load().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("teleports.beam"));
        assertThat(DB.publish("orders", service(9103))).isEqualTo(4);
        assertThat(DB.reader().load().problems()).hasSize(1);
    }
}
