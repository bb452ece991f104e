package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.route;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a key that somebody holds: changed, rotated, revoked and taken back. */
class KeyLifeTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private final KeyStore keys = DB.keys();

    @BeforeEach
    void publishTwoConsumers() {
        DB.publish(new Edit.Put("web-shop", consumer(""), 0), new Edit.Put("app", consumer(""), 0));
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
        DB.publish(narrow(FIRST, "demo"));

        assertThat(key(FIRST).terms()).isEqualTo(NARROW);
        assertThat(keys.since(0).changed())
                .containsExactly(new KeyStore.HashedKey(
                        FIRST.id(), "web-shop", PEPPER.hash(FIRST), 0, Long.MAX_VALUE, NARROW, false));
    }

    @Test
    void refusesTermsThatMeanNothing() {
        var bad = new KeyTerms("live", List.of("nowhere"), List.of("a b"), List.of("10.0.0.1/8"));
        assertThat(problems(DB.publish(new Edit.AddKey(
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
        DB.publish(add(FIRST, "demo"));
        var seen = key(FIRST).revision();
        var narrow = new KeyTerms("live", List.of(), List.of("a"), List.of());
        var change = new Edit.ChangeKey(FIRST.id(), narrow, Optional.empty(), Optional.empty(), seen);

        DB.publish(change);
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
        assertThat(DB.publish(other)).isInstanceOf(Publication.Conflict.class);
        assertThat(DB.publish(new Edit.ChangeKey(FIRST.id(), narrow, Optional.empty(), Optional.empty(), Edit.ANY)))
                .isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void keepsTheEnvironmentThatStandsInTheKey() {
        DB.publish(add(FIRST, "demo"));
        var test = new KeyTerms("test", List.of(), List.of(), List.of());
        assertThat(problems(
                        DB.publish(new Edit.ChangeKey(FIRST.id(), test, Optional.empty(), Optional.empty(), Edit.ANY))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.environment");
    }

    @Test
    void rotatesAKeyWhichGoesOnForAWhileBesideTheNewOne() {
        DB.publish("users", service(9101));
        DB.publish("users-api", route(match("/users"), "users"));
        DB.publish(narrow(FIRST, "demo"));
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
        assertThat(keys.since(0).changed())
                .extracting(KeyStore.HashedKey::id, KeyStore.HashedKey::origin)
                .containsExactlyInAnyOrder(tuple(FIRST.id(), FIRST.id()), tuple(SECOND.id(), FIRST.id()));
        var third = KeyText.create("live");
        assertThat(DB.store()
                        .publish(
                                KeyStore.rotation(key(SECOND), third, PEPPER, until, Optional.empty()),
                                new Author("ann", "")))
                .isInstanceOf(Publication.Published.class);
        assertThat(keys.since(0).changed())
                .extracting(KeyStore.HashedKey::origin)
                .containsExactly(FIRST.id(), FIRST.id(), FIRST.id());
        assertThat(problems(DB.publish(new Edit.ReplaceKey(FIRST.id(), "whatever", until))))
                .extracting(Problem::message)
                .containsExactly(
                        "Key " + FIRST.id() + " was replaced already, by " + SECOND.id() + "; rotate that one.");
    }

    @Test
    void takesARevocationBackForAShortTime() {
        DB.publish(add(FIRST, "demo"));
        DB.publish(new Edit.RevokeKey(FIRST.id()));
        var revoked = key(FIRST).revision();
        DB.publish(new Edit.RestoreKey(FIRST.id()));

        assertThat(key(FIRST).revokedAt()).isEmpty();
        assertThat(keys.since(revoked).changed())
                .containsExactly(
                        new KeyStore.HashedKey(FIRST.id(), "web-shop", PEPPER.hash(FIRST), Long.MAX_VALUE, false));

        DB.publish(new Edit.RevokeKey(FIRST.id()));
        DB.execute("update api_key set revoked_at = revoked_at - interval '11 minutes'");
        assertThat(problems(DB.publish(new Edit.RestoreKey(FIRST.id()))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("more than 10 minutes ago"));
        assertThat(problems(DB.publish(new Edit.ChangeKey(
                        FIRST.id(), KeyTerms.OPEN, Optional.empty(), Optional.of(Instant.EPOCH), Edit.ANY))))
                .extracting(Problem::message)
                .containsExactly("Key 'demo' is revoked; that cannot be changed any more.");
    }

    @Test
    void takesNoRevocationBackWhoseConsumerIsGone() {
        DB.publish(add(FIRST, "demo"));
        DB.publish(new Edit.RevokeKey(FIRST.id()));
        DB.publish(new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY));
        assertThat(problems(DB.publish(new Edit.RestoreKey(FIRST.id()))))
                .extracting(Problem::message)
                .containsExactly("There is no consumer 'web-shop'.");
    }

    @Test
    void givesNoNameTwiceWhenARevocationIsTakenBack() {
        DB.publish(add(FIRST, "demo"));
        DB.publish(new Edit.RevokeKey(FIRST.id()));
        DB.publish(add(SECOND, "demo"));
        assertThat(problems(DB.publish(new Edit.RestoreKey(FIRST.id()))))
                .extracting(Problem::path)
                .containsExactly("keys.web-shop.demo.name");
    }
}
