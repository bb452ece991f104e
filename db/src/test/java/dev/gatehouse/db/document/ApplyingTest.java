package dev.gatehouse.db.document;

import static dev.gatehouse.db.Samples.consumer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.FreshDatabase;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplyingTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Pepper PEPPER = new Pepper(1, "pepper of sixteen letters");
    private static final Author ANN = new Author("ann", "apply");
    private static final String DEMO = """
            services:
              users: { targets: [ "http://127.0.0.1:9101" ] }
              orders: { targets: [ "http://127.0.0.1:9103" ], response-timeout: 5s }
            routes:
              users-api:
                match: { path: "/api/users/**", methods: [GET] }
                policies: [ { rate-limit: { requests: 60, window: 1m, per: consumer } } ]
                forward: { service: users, rewrite: "/users/**" }
              orders-api:
                public: true
                match: { path: /orders }
                forward: { service: orders }
            consumers:
              web-shop: { description: "The shop: on the web", keys: [ demo, second ] }
              app: {}
            """;

    private final Applying applying = new Applying(DB.store(), DB.keys());

    private static Document document(String text) {
        var parsed = Yaml.read(text);
        var document = parsed.document();
        if (document == null) {
            throw new AssertionError(parsed.problems());
        }
        return document;
    }

    private Applying.Applied apply(String text) {
        return applying.apply(document(text), false, ANN, () -> PEPPER);
    }

    private Applying.Applied prune(String text) {
        return applying.apply(document(text), true, ANN, () -> PEPPER);
    }

    private static Pepper neverAsked() {
        throw new AssertionError("No key is to be issued");
    }

    private List<String> keysInForce() {
        return DB.keys().list(KeyQuery.ALL, 0, 100).stream()
                .filter(key -> key.revokedAt().isEmpty())
                .map(key -> key.consumer() + "/" + key.name())
                .sorted()
                .toList();
    }

    @Test
    void makesOneRevisionOfAFile() {
        assertThat(apply(DEMO).publication())
                .isInstanceOfSatisfying(
                        Publication.Published.class,
                        done -> assertThat(done.revision()).isEqualTo(1));
        var snapshot = DB.reader().load().snapshot();
        assertThat(snapshot.services()).isEqualTo(document(DEMO).services());
        assertThat(snapshot.routes()).isEqualTo(document(DEMO).routes());
        assertThat(snapshot.consumers()).containsOnlyKeys("app", "web-shop");
        assertThat(new History(DB.database()).newest(9)).hasSize(1);
    }

    @Test
    void changesNothingTheSecondTime() {
        apply(DEMO);
        var again = applying.apply(document(DEMO), true, ANN, ApplyingTest::neverAsked);
        assertThat(again.publication()).isEqualTo(new Publication.Unchanged(1));
        assertThat(again.issued()).isEmpty();
    }

    @Test
    void changesNothingByApplyingWhatItExports() {
        apply(DEMO);
        var exported = Yaml.write(applying.export());
        assertThat(applying.apply(document(exported), true, ANN, ApplyingTest::neverAsked)
                        .publication())
                .isEqualTo(new Publication.Unchanged(1));
        assertThat(Yaml.write(applying.export())).isEqualTo(exported);
        assertThat(document(exported).consumers()).isEqualTo(document(DEMO).consumers());
    }

    @Test
    void buildsTheSameConfigurationElsewhereFromAnExport() {
        apply(DEMO);
        var snapshot = DB.reader().load().snapshot();
        var exported = Yaml.write(applying.export());
        DB.forgetEverything();
        apply(exported);
        assertThat(DB.reader().load().snapshot()).isEqualTo(snapshot);
    }

    @Test
    void issuesEachKeyOnce() {
        var issued = apply(DEMO).issued();
        assertThat(issued).containsOnlyKeys("web-shop/demo", "web-shop/second");
        assertThat(issued.values())
                .allSatisfy(key -> assertThat(KeyText.read(key.text())).contains(key));
        var hashes = DB.keys().since(0).changed().stream()
                .map(KeyStore.HashedKey::hash)
                .toList();
        assertThat(hashes)
                .containsExactlyInAnyOrderElementsOf(
                        issued.values().stream().map(PEPPER::hash).toList());
        var next = apply(DEMO.replace("demo, second", "demo, second, third"));
        assertThat(next.issued()).containsOnlyKeys("web-shop/third");
        assertThat(keysInForce()).containsExactly("web-shop/demo", "web-shop/second", "web-shop/third");
    }

    @Test
    void issuesARevokedKeyAnew() {
        apply(DEMO);
        prune(DEMO.replace("demo, second", "demo"));
        assertThat(apply(DEMO).issued()).containsOnlyKeys("web-shop/second");
        assertThat(DB.keys().list(KeyQuery.ALL, 0, 100))
                .extracting(ApiKey::name)
                .containsExactlyInAnyOrder("demo", "second", "second");
    }

    @Test
    void showsNoKeyThatWasNotSaved() {
        var refused = apply(DEMO.replace("service: users,", "service: userz,"));
        assertThat(refused.issued()).isEmpty();
        assertThat(refused.publication()).isInstanceOfSatisfying(Publication.Refused.class, problems -> {
            assertThat(problems.problems())
                    .containsExactly(new Problem("routes.users-api.forward.service", "There is no service 'userz'."));
            assertThat(Yaml.read(DEMO).locate(problems.problems()))
                    .extracting(Yaml.At::line)
                    .containsExactly(8);
        });
        assertThat(DB.keys().list(KeyQuery.ALL, 0, 100)).isEmpty();
        assertThat(DB.reader().version().revision()).isZero();
    }

    @Test
    void showsNoKeyThatTheStoreRefused() {
        var holder = new Document.Holder(consumer("more than a line\n"), List.of(new NamedKey("demo")));
        var refused = applying.apply(
                new Document(Map.of(), Map.of(), Map.of("web-shop", holder), Map.of(), Map.of(), Map.of()),
                false,
                ANN,
                () -> PEPPER);
        assertThat(refused.publication()).isInstanceOf(Publication.Refused.class);
        assertThat(refused.issued()).isEmpty();
    }

    @Test
    void leavesAloneWhatTheFileDoesNotName() {
        apply(DEMO);
        apply("consumers: { partner: {} }");
        var snapshot = DB.reader().load().snapshot();
        assertThat(snapshot.services()).hasSize(2);
        assertThat(snapshot.consumers()).containsOnlyKeys("app", "partner", "web-shop");
        assertThat(keysInForce()).containsExactly("web-shop/demo", "web-shop/second");
    }

    @Test
    void prunesWhatTheFileDoesNotName() {
        apply(DEMO);
        var smaller = """
                services:
                  orders: { targets: [ "http://127.0.0.1:9103" ], response-timeout: 5s }
                routes:
                  orders-api:
                    public: true
                    match: { path: /orders }
                    forward: { service: orders }
                consumers:
                  web-shop: { keys: [ second ] }
                """;
        assertThat(prune(smaller).publication())
                .isInstanceOfSatisfying(
                        Publication.Published.class,
                        done -> assertThat(done.revision()).isEqualTo(2));
        assertThat(applying.export()).isEqualTo(document(smaller));
        assertThat(keysInForce()).containsExactly("web-shop/second");
        assertThat(prune("").publication()).isInstanceOf(Publication.Published.class);
        assertThat(applying.export()).isEqualTo(document(""));
        assertThat(keysInForce()).isEmpty();
    }

    @Test
    void prunesAServiceWhoseRouteMovesToAnother() {
        apply(DEMO);
        var moved = DEMO.replace("  users: { targets: [ \"http://127.0.0.1:9101\" ] }\n", "")
                .replace("service: users", "service: orders");
        assertThat(prune(moved).publication()).isInstanceOf(Publication.Published.class);
        assertThat(DB.reader().load().snapshot().services()).containsOnlyKeys("orders");
    }

    @Test
    void tellsBeforehandWhatApplyingWouldDo() {
        assertPreview(DEMO, false);
        apply(DEMO);
        assertThat(applying.preview(document(DEMO), true)).isEqualTo(new Publication.Unchanged(1));
        assertPreview(DEMO.replace("demo, second", "demo, third").replace("  app: {}\n", ""), true);
        assertPreview("", true);
    }

    /** The same as applying, but for the ids of keys, which nobody knows beforehand. */
    private void assertPreview(String text, boolean prune) {
        var before = DB.reader().load();
        var preview = applying.preview(document(text), prune);
        assertThat(DB.reader().load()).isEqualTo(before);
        var applied = applying.apply(document(text), prune, ANN, () -> PEPPER).publication();
        assertThat(withoutKeyIds(preview)).isEqualTo(withoutKeyIds(applied));
    }

    private static Publication withoutKeyIds(Publication publication) {
        return publication instanceof Publication.Published(long revision, List<Change> changes)
                ? new Publication.Published(
                        revision,
                        changes.stream()
                                .map(change -> change.kind().equals("key")
                                        ? new Change(
                                                "key",
                                                change.name(),
                                                change.action(),
                                                change.before(),
                                                change.after().map(ApplyingTest::withoutId))
                                        : change)
                                .toList())
                : publication;
    }

    private static Map<String, Object> withoutId(Map<String, Object> key) {
        var plain = new TreeMap<>(key);
        plain.remove("id");
        return plain;
    }

    @Test
    void refusesBeforehandWhatApplyingWouldRefuse() {
        var text = DEMO.replace("service: users,", "service: userz,");
        assertThat(applying.preview(document(text), false))
                .isEqualTo(apply(text).publication());
    }

    @Test
    void writesDownWhoAppliedAndWhy() {
        apply(DEMO);
        var revision = new History(DB.database()).newest(1).getFirst();
        assertThat(revision.author()).isEqualTo("ann");
        assertThat(revision.reason()).isEqualTo("apply");
        assertThat(revision.changes()).hasSize(8);
    }
}
