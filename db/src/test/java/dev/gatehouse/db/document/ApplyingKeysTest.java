package dev.gatehouse.db.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.FreshDatabase;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a file says of keys beside their names. */
class ApplyingKeysTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final String ROUTES = """
            services: { users: { targets: [ "http://127.0.0.1:9101" ] } }
            routes:
              users-api: { match: { path: /users }, forward: { service: users } }
              orders-api: { match: { path: /orders }, forward: { service: users } }
            """;
    private static final String NARROW = """
            consumers:
              web-shop:
                keys:
                - demo
                - { name: narrow, environment: test, routes: [ users-api ], scopes: [ "users:read" ], addresses: [ 10.0.0.0/8 ],
                    not-before: 2026-01-01, expires: 2099-12-31T18:00:00Z }
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

    private Publication apply(String text) {
        var preview = applying.preview(document(text), true);
        var done = applying.apply(
                        document(text), true, new Author("ann", ""), () -> new Pepper(1, "pepper of sixteen letters"))
                .publication();
        assertThat(changes(done)).as("as the preview said").isEqualTo(changes(preview));
        return done;
    }

    private static List<String> changes(Publication publication) {
        return publication instanceof Publication.Published(long _, List<Change> changes)
                ? changes.stream()
                        .map(change -> change.action() + " " + change.kind() + " " + change.name() + " "
                                + change.after().map(Map::keySet).stream()
                                        .flatMap(names -> names.stream().filter(name -> !name.equals("id")))
                                        .toList())
                        .toList()
                : List.of(publication.toString());
    }

    private ApiKey key(String name) {
        return DB.keys().list(KeyQuery.ALL, 0, 10).stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void issuesAKeyForWhatTheFileSays() {
        var issued = applying.apply(
                        document(ROUTES + NARROW),
                        true,
                        new Author("ann", ""),
                        () -> new Pepper(1, "pepper of sixteen letters"))
                .issued();
        assertThat(issued)
                .hasEntrySatisfying(
                        "web-shop/narrow", key -> assertThat(key.text()).startsWith("gk_test_"));
        var narrow = key("narrow");
        assertThat(narrow.terms())
                .isEqualTo(new KeyTerms("test", List.of("users-api"), List.of("users:read"), List.of("10.0.0.0/8")));
        assertThat(narrow.notBefore()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(narrow.expiresAt()).contains(Instant.parse("2099-12-31T18:00:00Z"));
        assertThat(key("demo").terms()).isEqualTo(KeyTerms.OPEN);

        var exported = Yaml.write(applying.export());
        assertThat(apply(exported)).isInstanceOf(Publication.Unchanged.class);
        assertThat(apply(ROUTES + NARROW)).isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void changesWhatAKeyIsForAndLeavesOneAloneOfWhichOnlyTheNameIsSaid() {
        apply(ROUTES + NARROW);
        assertThat(changes(apply(ROUTES + NARROW.replace("users:read", "users:write"))))
                .singleElement()
                .asString()
                .startsWith("update key web-shop/narrow");
        assertThat(key("narrow").terms().scopes()).containsExactly("users:write");

        assertThat(apply(ROUTES + "consumers: { web-shop: { keys: [ demo, narrow ] } }"))
                .as("leaving something out opens nothing")
                .isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void keepsTheEnvironmentThatStandsInTheKey() {
        apply(ROUTES + NARROW);
        var live = document(ROUTES + NARROW.replace("environment: test,", ""));
        assertThat(applying.preview(live, true))
                .isEqualTo(new Publication.Refused(List.of(new Problem(
                        "consumers.web-shop.keys[1].environment",
                        "It stands in the key itself and stays 'test'; issue another key for another environment."))));
    }

    @Test
    void pruningARouteOpensNothingToTheKeysThatWereForIt() {
        apply(ROUTES + NARROW);
        var withoutUsers = ROUTES.replaceAll("  users-api.*\n", "");
        apply(withoutUsers + "consumers: { web-shop: { keys: [ demo, narrow ] } }");
        assertThat(key("narrow").terms().opensNothing()).isTrue();

        assertThat(Yaml.write(applying.export())).contains("former-routes:");
        assertThat(apply(Yaml.write(applying.export()))).isInstanceOf(Publication.Unchanged.class);
        apply(ROUTES + "consumers: { web-shop: { keys: [ demo, narrow ] } }");
        assertThat(key("narrow").terms().opensNothing()).isTrue();
    }

    @Test
    void tellsWhichLineNamesARouteThatIsNotThere() {
        var parsed = Yaml.read(ROUTES + NARROW.replace("[ users-api ]", "[ userz-api ]"));
        var refused = applying.preview(Optional.ofNullable(parsed.document()).orElseThrow(), true);
        assertThat(parsed.locate(refused instanceof Publication.Refused(var problems) ? problems : List.of()))
                .extracting(Yaml.At::toString)
                .containsExactly("line 9: consumers.web-shop.keys[1].routes[0]: There is no route 'userz-api'.");
    }
}
