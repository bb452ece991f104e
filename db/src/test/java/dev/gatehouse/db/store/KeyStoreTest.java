package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyStoreTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Pepper PEPPER = new Pepper(3, "pepper of sixteen letters");
    private static final KeyText FIRST = KeyText.create("live");
    private static final KeyText SECOND = KeyText.create("live");

    private final KeyStore keys = DB.keys();

    @BeforeEach
    void publishTwoConsumers() {
        publish(new Edit.Put("web-shop", consumer(""), 0), new Edit.Put("app", consumer(""), 0));
    }

    private static Publication publish(Edit... edits) {
        return DB.store().publish(List.of(edits), new Author("ann", ""));
    }

    private static Edit add(KeyText key, String name) {
        return KeyStore.edit(key, PEPPER, "web-shop", name, Optional.empty());
    }

    private static List<Problem> problems(Publication publication) {
        return publication instanceof Publication.Refused refused ? refused.problems() : List.of();
    }

    @Test
    void givesANodeTheHashesOfAllKeysInForce() {
        var later = Instant.ofEpochMilli(4_000_000_000_123L);
        publish(add(FIRST, "demo"), KeyStore.edit(SECOND, PEPPER, "app", "demo", Optional.of(later)));
        var delta = keys.since(0);
        assertThat(delta.version()).isEqualTo(DB.reader().version());
        assertThat(delta.changed())
                .containsExactlyInAnyOrder(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, false),
                        new KeyStore.HashedKey(SECOND.id(), "app", PEPPER.hash(SECOND), later.toEpochMilli(), false));
    }

    @Test
    void givesOnlyWhatALaterRevisionChanged() {
        publish(add(FIRST, "first"));
        publish(add(SECOND, "second"));
        assertThat(keys.since(2).changed()).extracting(KeyStore.HashedKey::id).containsExactly(SECOND.id());
        assertThat(keys.since(3).changed()).isEmpty();
        DB.publish("users", service(9101));
        assertThat(keys.since(3).changed()).isEmpty();
        assertThat(keys.since(3).version().revision()).isEqualTo(4);
    }

    @Test
    void tellsANodeOfARevocationButABootingOneNothing() {
        publish(add(FIRST, "demo"));
        assertThat(FreshDatabase.published(publish(new Edit.RevokeKey(FIRST.id()))))
                .isEqualTo(3);
        assertThat(keys.since(2).changed())
                .containsExactly(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, true));
        assertThat(keys.since(0).changed()).isEmpty();
    }

    @Test
    void revokesTheKeysOfADeletedConsumer() {
        publish(add(FIRST, "one"), add(SECOND, "two"));
        publish(new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY));
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
        publish(add(FIRST, "demo"));
        publish(new Edit.RevokeKey(FIRST.id()));
        publish(add(SECOND, "demo"));
        assertThat(keys.all())
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
        publish(add(FIRST, "demo"));
        var secret = FIRST.text().substring(16);
        for (var table : List.of("api_key", "change", "audit", "revision")) {
            assertThat(DB.query("select t::text from " + table + " t")).noneMatch(row -> row.contains(secret));
        }
    }

    @Test
    void writesDownTheKeysIdOnly() {
        publish(add(FIRST, "demo"));
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
        publish(add(FIRST, "demo"));
        publish(new Edit.RevokeKey(FIRST.id()));
        var revokedAt = keys.all().stream().map(ApiKey::revokedAt).toList();
        assertThat(publish(new Edit.RevokeKey(FIRST.id()))).isEqualTo(new Publication.Unchanged(3));
        assertThat(keys.all().stream().map(ApiKey::revokedAt)).isEqualTo(revokedAt);
    }

    @Test
    void refusesAKeyOfNobody() {
        assertThat(problems(publish(KeyStore.edit(FIRST, PEPPER, "nobody", "demo", Optional.empty()))))
                .containsExactly(new Problem("keys.nobody.demo.consumer", "There is no consumer 'nobody'."));
    }

    @Test
    void refusesAKeyOfAConsumerThatGoesInTheSameRevision() {
        assertThat(problems(publish(add(FIRST, "demo"), new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY))))
                .containsExactly(new Problem("keys.web-shop.demo.consumer", "There is no consumer 'web-shop'."));
        assertThat(keys.all()).isEmpty();
    }

    @Test
    void takesAKeyOfAConsumerThatComesInTheSameRevision() {
        assertThat(publish(
                        KeyStore.edit(FIRST, PEPPER, "new", "demo", Optional.empty()),
                        new Edit.Put("new", consumer(""), 0)))
                .isInstanceOf(Publication.Published.class);
    }

    @Test
    void refusesASecondKeyOfTheSameName() {
        publish(add(FIRST, "demo"));
        assertThat(problems(publish(add(SECOND, "demo")))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("keys.web-shop.demo.name");
            assertThat(problem.message()).contains("already has a key named 'demo'");
        });
    }

    @Test
    void refusesTwoNewKeysOfTheSameName() {
        assertThat(problems(publish(add(FIRST, "demo"), add(SECOND, "demo"))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.name");
    }

    @Test
    void takesTheNameOfAKeyThatIsRevokedInTheSameRevision() {
        publish(add(FIRST, "demo"));
        assertThat(publish(new Edit.RevokeKey(FIRST.id()), add(SECOND, "demo")))
                .isInstanceOf(Publication.Published.class);
        assertThat(keys.since(0).changed()).extracting(KeyStore.HashedKey::id).containsExactly(SECOND.id());
    }

    @Test
    void refusesANamelessKeyAndAnUnknownOne() {
        assertThat(problems(publish(add(FIRST, "Not A Name"))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.Not A Name.name");
        assertThat(problems(publish(new Edit.RevokeKey("12345678"))))
                .containsExactly(new Problem("keys.12345678", "There is no key '12345678'."));
    }
}
