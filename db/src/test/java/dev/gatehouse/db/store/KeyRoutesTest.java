package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static dev.gatehouse.db.store.KeySamples.FIRST;
import static dev.gatehouse.db.store.KeySamples.PEPPER;
import static dev.gatehouse.db.store.KeySamples.SECOND;
import static dev.gatehouse.db.store.KeySamples.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key that is for some routes only, when such a route goes. */
class KeyRoutesTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final KeyText OPEN = KeyText.create("live");

    private final KeyStore keys = DB.keys();

    private static KeyTerms only(String... routes) {
        return new KeyTerms("live", List.of(routes), List.of("users:read"), List.of());
    }

    private static Edit issue(KeyText key, String name, KeyTerms terms) {
        return new Edit.AddKey(
                key.id(), "web-shop", name, PEPPER.hash(key), terms, Optional.empty(), Optional.empty(), false);
    }

    private static Edit delete(String route) {
        return new Edit.Delete(Kind.ROUTE, route, Edit.ANY);
    }

    private static Edit put(String route) {
        return new Edit.Put(route, route(match("/" + route), "users"), Edit.ANY);
    }

    private ApiKey key(KeyText text) {
        return keys.find(text.id()).orElseThrow();
    }

    private KeyTerms terms(KeyText text) {
        return key(text).terms();
    }

    @BeforeEach
    void publishTwoRoutesAndTwoKeys() {
        FreshDatabase.published(DB.publish(
                new Edit.Put("web-shop", consumer(""), 0),
                new Edit.Put("users", service(9101), 0),
                put("users-api"),
                put("orders-api"),
                issue(FIRST, "first", only("users-api")),
                issue(SECOND, "second", only("users-api", "orders-api")),
                issue(OPEN, "open", KeyTerms.OPEN)));
    }

    @Test
    void opensNothingElseOnceItsRouteIsGoneWhateverIsNamedLikeItLater() {
        var deleted = FreshDatabase.published(DB.publish(delete("users-api")));
        DB.publish(put("users-api"));

        assertThat(terms(FIRST).routes()).isEmpty();
        assertThat(terms(FIRST).formerRoutes()).containsExactly("users-api");
        assertThat(terms(FIRST).opensNothing()).isTrue();
        assertThat(terms(SECOND).routes()).containsExactly("orders-api");
        assertThat(terms(OPEN)).isEqualTo(KeyTerms.OPEN);
        assertThat(keys.since(deleted - 1).changed())
                .as("nodes learn of it")
                .extracting(KeyStore.HashedKey::terms)
                .containsExactlyInAnyOrder(terms(FIRST), terms(SECOND));
        assertThat(new History(DB.database()).newest(2).getLast().changes())
                .extracting(Change::kind, Change::name, Change::action)
                .contains(
                        tuple("route", "users-api", Change.Action.DELETE),
                        tuple("key", "web-shop/first", Change.Action.UPDATE),
                        tuple("key", "web-shop/second", Change.Action.UPDATE))
                .hasSize(3);
    }

    @Test
    void findsTheKeysThatWouldLoseARoute() {
        assertThat(keys.count(KeyQuery.ALL.restrictedTo("users-api"), 10)).isEqualTo(2);
        assertThat(keys.count(KeyQuery.ALL.restrictedTo("orders-api"), 10)).isEqualTo(1);
        DB.publish(delete("users-api"));
        assertThat(keys.count(KeyQuery.ALL.restrictedTo("users-api"), 10)).isZero();
    }

    @Test
    void losesItBesideAnythingElseThatTheRevisionDoesToIt() {
        var third = KeyText.create("live");
        var rotation = new ArrayList<>(KeyStore.rotation(
                key(SECOND), third, PEPPER, Instant.ofEpochMilli(4_000_000_000_000L), Optional.empty()));
        rotation.add(delete("users-api"));
        assertThat(problems(DB.store().publish(rotation, new Author("ann", ""))))
                .as("the new key would be for a route that goes")
                .extracting(Problem::message)
                .containsOnly("There is no route 'users-api'.");

        FreshDatabase.published(DB.publish(new Edit.RevokeKey(FIRST.id()), delete("users-api")));
        assertThat(terms(SECOND).routes()).containsExactly("orders-api");
        DB.publish(put("users-api"), new Edit.RestoreKey(FIRST.id()));
        assertThat(terms(FIRST).opensNothing()).isTrue();
    }

    @Test
    void getsItBackWhenTheDeletionIsTakenBackUnlessItWasChangedMeanwhile() {
        var deleted = FreshDatabase.published(DB.publish(delete("users-api")));
        DB.publish(new Edit.ChangeKey(SECOND.id(), only("orders-api"), Optional.empty(), Optional.empty(), Edit.ANY));
        DB.publish(put("users-api"), new Edit.RegainRoute("users-api", deleted));

        assertThat(terms(FIRST)).isEqualTo(only("users-api"));
        assertThat(terms(SECOND)).isEqualTo(only("orders-api"));
    }

    @Test
    void remembersAHundredFormerRoutesAtMost() {
        var names = IntStream.range(0, 150).mapToObj(i -> "r-" + i).toList();
        var terms = new KeyTerms("live", names, List.of(), List.of()).without(names);
        assertThat(terms.formerRoutes()).hasSize(100).endsWith("r-149");
        assertThat(Settings.check(terms)).isEmpty();
    }

    /** As an installation may have it whose routes went before keys were told. */
    @Test
    void takesOutWhatIsGoneWhenTheSchemaIsBroughtUpToDate() throws Exception {
        DB.execute("delete from entity where kind = 'route' and name = 'users-api'");
        var before = DB.reader().version();
        try (var script = KeyRoutesTest.class.getResourceAsStream("/db/migration/V10__key_routes.sql")) {
            var sql = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            DB.execute(sql.substring(sql.indexOf("with gone")));
            DB.execute(sql.substring(sql.indexOf("with gone")));
        }
        assertThat(terms(FIRST).opensNothing()).isTrue();
        assertThat(terms(FIRST).scopes()).containsExactly("users:read");
        assertThat(terms(SECOND).routes()).containsExactly("orders-api");
        assertThat(terms(SECOND).formerRoutes()).containsExactly("users-api");
        assertThat(DB.reader().version().epoch()).isNotEqualTo(before.epoch());
    }
}
