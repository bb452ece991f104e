package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static dev.gatehouse.db.store.KeySamples.FIRST;
import static dev.gatehouse.db.store.KeySamples.PEPPER;
import static dev.gatehouse.db.store.KeySamples.SECOND;
import static dev.gatehouse.db.store.KeySamples.add;
import static dev.gatehouse.db.store.KeySamples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How keys come and go, and the stream of changes by which nodes learn of it. */
class KeyStoreTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private final KeyStore keys = DB.keys();

    @BeforeEach
    void publishTwoConsumers() {
        DB.publish(new Edit.Put("web-shop", consumer(""), 0), new Edit.Put("app", consumer(""), 0));
    }

    @Test
    void givesANodeTheHashesOfAllKeysInForce() {
        var later = Instant.ofEpochMilli(4_000_000_000_123L);
        DB.publish(add(FIRST, "demo"), KeyStore.edit(SECOND, PEPPER, "app", "demo", Optional.of(later)));
        var delta = keys.since(0);
        assertThat(delta.version()).isEqualTo(DB.reader().version());
        assertThat(delta.changed())
                .containsExactlyInAnyOrder(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, false),
                        new KeyStore.HashedKey(SECOND.id(), "app", PEPPER.hash(SECOND), later.toEpochMilli(), false));
    }

    @Test
    void givesOnlyWhatALaterRevisionChanged() {
        DB.publish(add(FIRST, "first"));
        DB.publish(add(SECOND, "second"));
        assertThat(keys.since(2).changed()).extracting(KeyStore.HashedKey::id).containsExactly(SECOND.id());
        assertThat(keys.since(3).changed()).isEmpty();
        DB.publish("users", service(9101));
        assertThat(keys.since(3).changed()).isEmpty();
        assertThat(keys.since(3).version().revision()).isEqualTo(4);
    }

    @Test
    void tellsANodeOfARevocationButABootingOneNothing() {
        DB.publish(add(FIRST, "demo"));
        assertThat(FreshDatabase.published(DB.publish(new Edit.RevokeKey(FIRST.id()))))
                .isEqualTo(3);
        assertThat(keys.since(2).changed())
                .containsExactly(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, true));
        assertThat(keys.since(0).changed()).isEmpty();
    }

    @Test
    void revokesTheKeysOfADeletedConsumer() {
        DB.publish(add(FIRST, "one"), add(SECOND, "two"));
        DB.publish(new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY));
        assertThat(keys.since(2).changed()).hasSize(2).allMatch(KeyStore.HashedKey::revoked);
        assertThat(new History(DB.database()).newest(1).getFirst().changes())
                .extracting(Change::kind, Change::name, Change::action)
                .containsExactly(
                        tuple("consumer", "web-shop", Change.Action.DELETE),
                        tuple("key", "web-shop/one", Change.Action.DELETE),
                        tuple("key", "web-shop/two", Change.Action.DELETE));
    }

    @Test
    void showsWhatIsKnownOfEachKeyTheNewestFirst() {
        DB.publish(add(FIRST, "demo"));
        DB.publish(new Edit.RevokeKey(FIRST.id()));
        DB.publish(add(SECOND, "demo"));
        assertThat(keys.list(KeyQuery.ALL, 0, 100))
                .satisfiesExactly(
                        second -> {
                            assertThat(second.id()).isEqualTo(SECOND.id());
                            assertThat(second.consumer()).isEqualTo("web-shop");
                            assertThat(second.name()).isEqualTo("demo");
                            assertThat(second.createdBy()).isEqualTo("ann");
                            assertThat(second.expiresAt()).isEmpty();
                            assertThat(second.revokedAt()).isEmpty();
                            assertThat(second.revision()).isEqualTo(4);
                        },
                        first -> {
                            assertThat(first.id()).isEqualTo(FIRST.id());
                            assertThat(first.revokedAt())
                                    .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(first.createdAt()));
                            assertThat(first.revision()).isEqualTo(3);
                        });
    }

    @Test
    void keepsNoKeyItself() {
        DB.publish(add(FIRST, "demo"));
        var secret = FIRST.text().substring(16);
        for (var table : List.of("api_key", "change", "audit", "revision")) {
            assertThat(DB.query("select t::text from " + table + " t")).noneMatch(row -> row.contains(secret));
        }
    }

    @Test
    void writesDownTheKeysIdOnly() {
        DB.publish(add(FIRST, "demo"));
        assertThat(new History(DB.database()).newest(1).getFirst().changes())
                .containsExactly(new Change(
                        "key",
                        "web-shop/demo",
                        Change.Action.CREATE,
                        Optional.empty(),
                        Optional.of(Map.of("id", FIRST.id()))));
        assertThat(new AuditLog(DB.database()).newest(1).getFirst().action()).isEqualTo("create key");
    }

    @Test
    void changesNothingByRevokingTwice() {
        DB.publish(add(FIRST, "demo"));
        DB.publish(new Edit.RevokeKey(FIRST.id()));
        var revokedAt =
                keys.list(KeyQuery.ALL, 0, 100).stream().map(ApiKey::revokedAt).toList();
        assertThat(DB.publish(new Edit.RevokeKey(FIRST.id()))).isEqualTo(new Publication.Unchanged(3));
        assertThat(keys.list(KeyQuery.ALL, 0, 100).stream().map(ApiKey::revokedAt))
                .isEqualTo(revokedAt);
    }

    @Test
    void refusesAKeyOfNobody() {
        assertThat(problems(DB.publish(KeyStore.edit(FIRST, PEPPER, "nobody", "demo", Optional.empty()))))
                .containsExactly(new Problem("keys.nobody.demo.consumer", "There is no consumer 'nobody'."));
    }

    @Test
    void refusesAKeyOfAConsumerThatGoesInTheSameRevision() {
        assertThat(problems(DB.publish(add(FIRST, "demo"), new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY))))
                .containsExactly(new Problem("keys.web-shop.demo.consumer", "There is no consumer 'web-shop'."));
        assertThat(keys.list(KeyQuery.ALL, 0, 100)).isEmpty();
    }

    @Test
    void takesAKeyOfAConsumerThatComesInTheSameRevision() {
        assertThat(DB.publish(
                        KeyStore.edit(FIRST, PEPPER, "new", "demo", Optional.empty()),
                        new Edit.Put("new", consumer(""), 0)))
                .isInstanceOf(Publication.Published.class);
    }

    @Test
    void refusesASecondKeyOfTheSameName() {
        DB.publish(add(FIRST, "demo"));
        assertThat(problems(DB.publish(add(SECOND, "demo")))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("keys.web-shop.demo.name");
            assertThat(problem.message()).contains("already has a key named 'demo'");
        });
    }

    @Test
    void refusesTwoNewKeysOfTheSameName() {
        assertThat(problems(DB.publish(add(FIRST, "demo"), add(SECOND, "demo"))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.name");
    }

    @Test
    void takesTheNameOfAKeyThatIsRevokedInTheSameRevision() {
        DB.publish(add(FIRST, "demo"));
        assertThat(DB.publish(new Edit.RevokeKey(FIRST.id()), add(SECOND, "demo")))
                .isInstanceOf(Publication.Published.class);
        assertThat(keys.since(0).changed()).extracting(KeyStore.HashedKey::id).containsExactly(SECOND.id());
    }

    @Test
    void refusesANamelessKeyAndAnUnknownOne() {
        assertThat(problems(DB.publish(add(FIRST, "Not A Name"))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.Not A Name.name");
        assertThat(problems(DB.publish(new Edit.RevokeKey("12345678"))))
                .containsExactly(new Problem("keys.12345678", "There is no key '12345678'."));
    }

    @Test
    void takesOverKeysOfWhichOnlyTheSha256IsKnown() throws Exception {
        var text = "sk_4eC39HqLyjWDarjtT1zdp7dc";
        var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        var edit = new Edit.AddKey(
                "imported",
                "web-shop",
                "old",
                PEPPER.hashImported(sha256),
                KeyTerms.OPEN,
                Optional.empty(),
                Optional.empty(),
                true);
        DB.publish(edit);

        assertThat(keys.since(0).changed()).allMatch(KeyStore.HashedKey::imported);
        assertThat(keys.findText(text, List.of(PEPPER))).map(ApiKey::name).contains("old");
        assertThat(keys.findText("another", List.of(PEPPER))).isEmpty();
        assertThat(DB.query("select encode(hash, 'hex') from api_key"))
                .as("the hash that was handed over would itself be worth guessing at")
                .doesNotContain(HexFormat.of().formatHex(sha256));
        assertThat(problems(DB.publish(new Edit.AddKey(
                        "another1",
                        "app",
                        "new",
                        PEPPER.hashImported(sha256),
                        KeyTerms.OPEN,
                        Optional.empty(),
                        Optional.empty(),
                        true))))
                .extracting(Problem::message)
                .containsExactly("This very key is there already, as keys.web-shop.old.");
    }

    @Test
    void issuesAndRevokesThousandsInOneRevision() {
        var edits = new ArrayList<Edit>();
        var revocations = new ArrayList<Edit>();
        for (int i = 0; i < 5_000; i++) {
            var text = KeyText.create("live");
            edits.add(add(text, "n-" + i));
            revocations.add(new Edit.RevokeKey(text.id()));
        }
        var issued = DB.store().publish(edits, new Author("ann", ""));
        assertThat(issued).isInstanceOf(Publication.Published.class);
        assertThat(keys.since(0).changed()).hasSize(5_000);
        DB.store().publish(revocations, new Author("ann", ""));
        assertThat(keys.since(FreshDatabase.published(issued)).changed())
                .hasSize(5_000)
                .allMatch(KeyStore.HashedKey::revoked);
    }
}
