package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.KeyUse;
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
import java.util.stream.IntStream;
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
        var revokedAt =
                keys.list(KeyQuery.ALL, 0, 100).stream().map(ApiKey::revokedAt).toList();
        assertThat(publish(new Edit.RevokeKey(FIRST.id()))).isEqualTo(new Publication.Unchanged(3));
        assertThat(keys.list(KeyQuery.ALL, 0, 100).stream().map(ApiKey::revokedAt))
                .isEqualTo(revokedAt);
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
        assertThat(keys.list(KeyQuery.ALL, 0, 100)).isEmpty();
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

    private static final KeyTerms NARROW =
            new KeyTerms("live", List.of("users-api"), List.of("users:read"), List.of("10.0.0.0/8"));

    private static Edit.AddKey narrow(KeyText key, String name) {
        return new Edit.AddKey(
                key.id(),
                "web-shop",
                name,
                PEPPER.hash(key),
                NARROW,
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                false);
    }

    private ApiKey key(KeyText text) {
        return keys.find(text.id()).orElseThrow();
    }

    @Test
    void keepsWhatAKeyIsForAndTellsNodes() {
        DB.publish("users", service(9101));
        DB.publish("users-api", route(match("/users"), "users"));
        publish(narrow(FIRST, "demo"));

        assertThat(key(FIRST).terms()).isEqualTo(NARROW);
        assertThat(keys.since(0).changed())
                .containsExactly(new KeyStore.HashedKey(
                        FIRST.id(), "web-shop", PEPPER.hash(FIRST), 0, Long.MAX_VALUE, NARROW, false, false));
    }

    @Test
    void refusesTermsThatMeanNothing() {
        var bad = new KeyTerms("live", List.of("nowhere"), List.of("a b"), List.of("10.0.0.1/8"));
        assertThat(problems(publish(new Edit.AddKey(
                        FIRST.id(),
                        "web-shop",
                        "demo",
                        PEPPER.hash(FIRST),
                        bad,
                        Optional.of(Instant.MAX.minusSeconds(1)),
                        Optional.of(Instant.EPOCH),
                        false))))
                .extracting(Problem::path)
                .containsExactly(
                        "keys.web-shop.demo.scopes[0]",
                        "keys.web-shop.demo.addresses[0]",
                        "keys.web-shop.demo.routes[0]",
                        "keys.web-shop.demo.expires");
    }

    @Test
    void changesWhatAKeyIsForUnlessSomebodyElseDid() {
        publish(add(FIRST, "demo"));
        var seen = key(FIRST).revision();
        var narrow = new KeyTerms("live", List.of(), List.of("a"), List.of());
        var change = new Edit.ChangeKey(FIRST.id(), narrow, Optional.empty(), Optional.empty(), seen);

        publish(change);
        assertThat(key(FIRST).terms()).isEqualTo(narrow);
        assertThat(keys.since(seen).changed())
                .extracting(KeyStore.HashedKey::terms)
                .containsExactly(narrow);
        assertThat(new History(DB.database()).newest(1).getFirst().changes())
                .containsExactly(new Change(
                        "key",
                        "web-shop/demo",
                        Change.Action.UPDATE,
                        Optional.of(Map.of("id", FIRST.id())),
                        Optional.of(Map.of("id", FIRST.id(), "scopes", List.of("a")))));

        var other = new Edit.ChangeKey(FIRST.id(), KeyTerms.OPEN, Optional.empty(), Optional.empty(), seen);
        assertThat(publish(other)).isInstanceOf(Publication.Conflict.class);
        assertThat(publish(new Edit.ChangeKey(FIRST.id(), narrow, Optional.empty(), Optional.empty(), Edit.ANY)))
                .isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void keepsTheEnvironmentThatStandsInTheKey() {
        publish(add(FIRST, "demo"));
        var test = new KeyTerms("test", List.of(), List.of(), List.of());
        assertThat(problems(
                        publish(new Edit.ChangeKey(FIRST.id(), test, Optional.empty(), Optional.empty(), Edit.ANY))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.environment");
    }

    @Test
    void rotatesAKeyWhichGoesOnForAWhileBesideTheNewOne() {
        DB.publish("users", service(9101));
        DB.publish("users-api", route(match("/users"), "users"));
        publish(narrow(FIRST, "demo"));
        var until = Instant.ofEpochMilli(4_000_000_000_000L);
        assertThat(DB.store()
                        .publish(
                                KeyStore.rotation(key(FIRST), SECOND, PEPPER, until, Optional.empty()),
                                new Author("ann", "")))
                .isInstanceOf(Publication.Published.class);

        assertThat(key(FIRST).replacedBy()).contains(SECOND.id());
        assertThat(key(FIRST).expiresAt()).contains(until);
        assertThat(key(SECOND).name()).isEqualTo("demo");
        assertThat(key(SECOND).terms()).isEqualTo(NARROW);
        assertThat(keys.since(0).changed()).hasSize(2);
        assertThat(problems(publish(new Edit.ReplaceKey(FIRST.id(), "whatever", until))))
                .extracting(Problem::message)
                .containsExactly(
                        "Key " + FIRST.id() + " was replaced already, by " + SECOND.id() + "; rotate that one.");
    }

    @Test
    void takesARevocationBackForAShortTime() {
        publish(add(FIRST, "demo"));
        publish(new Edit.RevokeKey(FIRST.id()));
        var revoked = key(FIRST).revision();
        publish(new Edit.RestoreKey(FIRST.id()));

        assertThat(key(FIRST).revokedAt()).isEmpty();
        assertThat(keys.since(revoked).changed())
                .containsExactly(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, false));

        publish(new Edit.RevokeKey(FIRST.id()));
        DB.execute("update api_key set revoked_at = revoked_at - interval '11 minutes'");
        assertThat(problems(publish(new Edit.RestoreKey(FIRST.id()))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("more than 10 minutes ago"));
        assertThat(problems(publish(new Edit.ChangeKey(
                        FIRST.id(), KeyTerms.OPEN, Optional.empty(), Optional.of(Instant.EPOCH), Edit.ANY))))
                .extracting(Problem::message)
                .containsExactly("Key 'demo' is revoked; that cannot be changed any more.");
    }

    @Test
    void givesNoNameTwiceWhenARevocationIsTakenBack() {
        publish(add(FIRST, "demo"));
        publish(new Edit.RevokeKey(FIRST.id()));
        publish(add(SECOND, "demo"));
        assertThat(problems(publish(new Edit.RestoreKey(FIRST.id()))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.name");
    }

    @Test
    void findsAKeyByItsBeginningItsNameItsConsumerOrTheWholeOfIt() {
        publish(add(FIRST, "production"), KeyStore.edit(SECOND, PEPPER, "app", "laptop", Optional.empty()));
        for (var text : List.of(
                FIRST.id().substring(0, 4),
                "prod",
                "web-s",
                FIRST.text(),
                FIRST.text().substring(0, 14))) {
            assertThat(keys.list(KeyQuery.ALL.text(text), 0, 10))
                    .as(text)
                    .extracting(ApiKey::id)
                    .containsExactly(FIRST.id());
        }
        assertThat(keys.list(KeyQuery.ALL.text("p%"), 0, 10)).isEmpty();
        assertThat(keys.list(KeyQuery.ALL.of("app"), 0, 10))
                .extracting(ApiKey::id)
                .containsExactly(SECOND.id());
    }

    @Test
    void readsPagesTheNewestFirst() {
        var texts = IntStream.range(0, 25).mapToObj(_ -> KeyText.create("live")).toList();
        texts.forEach(text -> publish(add(text, "n-" + texts.indexOf(text))));

        assertThat(keys.list(KeyQuery.ALL, 0, 10))
                .extracting(ApiKey::name)
                .startsWith("n-24", "n-23")
                .hasSize(10);
        assertThat(keys.list(KeyQuery.ALL, 20, 10))
                .extracting(ApiKey::name)
                .endsWith("n-1", "n-0")
                .hasSize(5);
        assertThat(keys.count(KeyQuery.ALL, 100)).isEqualTo(25);
        assertThat(keys.count(KeyQuery.ALL, 7)).isEqualTo(7);
        assertThat(keys.held(List.of("web-shop", "app"))).isEqualTo(Map.of("web-shop", 25));
    }

    @Test
    void tellsStatesAndConcernsApart() {
        var ended = KeyText.create("live");
        var early = KeyText.create("live");
        var unused = KeyText.create("live");
        publish(
                add(FIRST, "in-force"),
                KeyStore.edit(ended, PEPPER, "web-shop", "ended", Optional.of(Instant.EPOCH)),
                KeyStore.edit(
                        SECOND,
                        PEPPER,
                        "web-shop",
                        "ending",
                        Optional.of(Instant.now().plusSeconds(3_600))),
                new Edit.AddKey(
                        early.id(),
                        "web-shop",
                        "early",
                        PEPPER.hash(early),
                        KeyTerms.OPEN,
                        Optional.of(Instant.now().plusSeconds(3_600)),
                        Optional.empty(),
                        false),
                add(unused, "unused"));
        DB.execute("update api_key set created_at = now() - interval '31 days'");
        new KeyUses(DB.database())
                .write(
                        "node-1",
                        List.of(
                                new KeyUses.Use(FIRST.id(), Instant.now(), "192.0.2.7"),
                                new KeyUses.Use(SECOND.id(), Instant.now(), "192.0.2.7"),
                                new KeyUses.Use("nobody's", Instant.now(), "192.0.2.7")));

        assertThat(names(KeyQuery.ALL.in(KeyState.IN_FORCE))).containsExactlyInAnyOrder("in-force", "ending", "unused");
        assertThat(names(KeyQuery.ALL.in(KeyState.EARLY))).containsExactly("early");
        assertThat(names(KeyQuery.ALL.in(KeyState.EXPIRED))).containsExactly("ended");
        assertThat(names(KeyQuery.ALL.because(KeyQuery.Concern.UNUSED))).containsExactly("unused");
        assertThat(names(KeyQuery.ALL.because(KeyQuery.Concern.EXPIRING))).containsExactly("ending");
        assertThat(names(KeyQuery.ALL.among(List.of(FIRST.id())))).containsExactly("in-force");
        assertThat(names(KeyQuery.ALL.peppered(3))).hasSize(5);
        assertThat(keys.byPepper()).isEqualTo(Map.of(3, 4L));
        for (var key : keys.list(KeyQuery.ALL, 0, 10)) {
            assertThat(names(KeyQuery.ALL.in(key.state(Instant.now())))).contains(key.name());
        }
    }

    private List<String> names(KeyQuery query) {
        return keys.list(query, 0, 100).stream().map(ApiKey::name).toList();
    }

    @Test
    void writesTheLastUseOfAKeyOnlyOnceInAnHour() {
        publish(add(FIRST, "demo"));
        var uses = new KeyUses(DB.database());
        var at = Instant.parse("2030-01-01T00:00:00Z");
        uses.write("node-1", List.of(new KeyUses.Use(FIRST.id(), at, "192.0.2.7")));
        uses.write("node-2", List.of(new KeyUses.Use(FIRST.id(), at.plusSeconds(600), "192.0.2.8")));
        assertThat(key(FIRST).lastUse()).contains(new KeyUse(at, "192.0.2.7", "node-1"));

        uses.write("node-2", List.of(new KeyUses.Use(FIRST.id(), at.plusSeconds(3_600), "192.0.2.8")));
        assertThat(key(FIRST).lastUse()).contains(new KeyUse(at.plusSeconds(3_600), "192.0.2.8", "node-2"));
        assertThat(keys.since(0).version())
                .as("a use is no revision")
                .isEqualTo(DB.reader().version());
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
        publish(edit);

        assertThat(keys.since(0).changed()).allMatch(KeyStore.HashedKey::imported);
        assertThat(keys.findText(text, List.of(PEPPER))).map(ApiKey::name).contains("old");
        assertThat(keys.findText("another", List.of(PEPPER))).isEmpty();
        assertThat(DB.query("select encode(hash, 'hex') from api_key"))
                .as("the hash that was handed over would itself be worth guessing at")
                .doesNotContain(HexFormat.of().formatHex(sha256));
        assertThat(problems(publish(new Edit.AddKey(
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
