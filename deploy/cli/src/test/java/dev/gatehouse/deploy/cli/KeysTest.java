package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {

    private final Shell shell = Shell.migratedOne();

    @BeforeEach
    void addConsumers() {
        shell.apply("consumers: { web-shop: {}, app: {} }");
    }

    @Test
    void printsANewKeyAloneOnStandardOutput() throws SQLException {
        var ran = shell.run("keys", "issue", "web-shop", "--name", "production");
        var key = KeyText.read(ran.out().strip()).orElseThrow();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(key.text() + "\n");
        assertThat(ran.err())
                .isEqualTo("Key 'production' of 'web-shop', id " + key.id()
                        + ", revision 2, expires never. It is not shown again.\n");
        try (var stores = shell.open()) {
            assertThat(stores.keys().since(0).changed())
                    .extracting(KeyStore.HashedKey::hash)
                    .containsExactly(new Pepper(1, Shell.PEPPER).hash(key));
        }
    }

    @Test
    void takesTheFirstFreeName() throws SQLException {
        shell.run("keys", "issue", "web-shop");
        var second = KeyText.read(shell.run("keys", "issue", "web-shop").out().strip())
                .orElseThrow();
        shell.run("keys", "issue", "app");
        shell.run("keys", "revoke", second.id());
        shell.run("keys", "issue", "web-shop");
        try (var stores = shell.open()) {
            assertThat(stores.keys().list(KeyQuery.ALL, 0, 100))
                    .filteredOn(key -> key.revokedAt().isEmpty())
                    .extracting(key -> key.consumer() + "/" + key.name())
                    .containsExactlyInAnyOrder("web-shop/key-1", "web-shop/key-2", "app/key-1");
        }
    }

    @Test
    void expiresAfterATimeOrAtAnInstant() throws SQLException {
        var before = Instant.now();
        shell.run("keys", "issue", "web-shop", "--name", "month", "--expires", "30d");
        shell.run("keys", "issue", "web-shop", "--name", "instant", "--expires", "2099-01-31T12:00:00Z");
        try (var stores = shell.open()) {
            assertThat(stores.keys().list(KeyQuery.ALL, 0, 100))
                    .filteredOn(key -> key.name().equals("instant"))
                    .extracting(ApiKey::expiresAt)
                    .containsExactly(java.util.Optional.of(Instant.parse("2099-01-31T12:00:00Z")));
            assertThat(stores.keys().list(KeyQuery.ALL, 0, 100))
                    .filteredOn(key -> key.name().equals("month"))
                    .allSatisfy(key -> assertThat(key.expiresAt().orElseThrow())
                            .isAfter(before.plus(Duration.ofDays(30)).minusSeconds(1))
                            .isBefore(Instant.now().plus(Duration.ofDays(30)).plusSeconds(1)));
        }
    }

    @Test
    void refusesAnExpiryThatIsPastOrNoTime() {
        for (var when : new String[] {"tomorrow", "0s", "2001-01-01T00:00:00Z", "40000d", "-1d"}) {
            var ran = shell.run("keys", "issue", "web-shop", "--expires=" + when);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).contains("--expires", "'" + when + "' is refused: must ");
        }
    }

    @Test
    void hintsAtTheNearestConsumer() {
        var ran = shell.run("keys", "issue", "web-shp");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("There is no consumer 'web-shp'. Did you mean 'web-shop'? Known: app, web-shop.\n");
        assertThat(shell.run("keys", "list", "ap").err()).contains("Did you mean 'app'?");
    }

    @Test
    void refusesATakenAndAnUnfitName() {
        shell.run("keys", "issue", "web-shop", "--name", "demo");
        assertThat(shell.run("keys", "issue", "web-shop", "--name", "demo"))
                .isEqualTo(new Shell.Ran(
                        1,
                        "",
                        "Consumer 'web-shop' already has a key named 'demo'; revoke it or take another name.\n"));
        assertThat(shell.run("keys", "issue", "web-shop", "--name", "Not A Name")
                        .err())
                .startsWith("'Not A Name' is refused: must be 1 to 63 lower-case letters");
    }

    @Test
    void listsKeysWithTheirStateAndNeverTheirText() {
        var first = KeyText.read(shell.run("keys", "issue", "web-shop").out().strip())
                .orElseThrow();
        shell.run("keys", "issue", "app", "--name", "soon", "--expires", "2099-01-31T12:00:00Z");
        shell.run("keys", "revoke", first.id());
        var all = shell.run("keys", "list", "--all").out();
        assertThat(all.lines().map(line -> line.substring(10)))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("CONSUMER"),
                        line -> assertThat(line).startsWith("app "),
                        line -> assertThat(line).startsWith("web-shop "));
        assertThat(shell.run("keys", "list", "--all", "--ids").out().lines())
                .hasSize(2)
                .contains(first.id());
        assertThat(all)
                .contains("expires 2099-01-31T12:00:00Z", "revoked 2", first.id())
                .doesNotContain("gk_");
        assertThat(shell.run("keys", "list").out()).contains("soon").doesNotContain(first.id());
        assertThat(shell.run("keys", "list", "web-shop").err()).isEqualTo("There is no such key in force.\n");
    }

    @Test
    void revokesByIdOrByTheWholeKeyAndOnce() {
        var key = KeyText.read(shell.run("keys", "issue", "web-shop").out().strip())
                .orElseThrow();
        assertThat(shell.run("keys", "revoke", key.text(), "--reason", "leaked").out())
                .isEqualTo("revision 3: Key 'key-1' of 'web-shop' is revoked.\n");
        assertThat(shell.run("keys", "revoke", key.id()).out())
                .isEqualTo("Key 'key-1' of 'web-shop' was revoked already.\n");
    }

    @Test
    void refusesToRevokeAKeyThatIsNotThere() {
        var key = KeyText.read(shell.run("keys", "issue", "web-shop").out().strip())
                .orElseThrow();
        var mistyped = "_" + key.id().substring(1);
        var ran = shell.run("keys", "revoke", mistyped);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("There is no key '" + mistyped + "'. Did you mean '" + key.id() + "'?");
    }

    private KeyText issued(String... options) {
        var args = Stream.concat(Stream.of("keys", "issue", "web-shop"), Stream.of(options));
        return KeyText.read(shell.run(args.toArray(String[]::new)).out().strip())
                .orElseThrow();
    }

    private ApiKey stored(String id) throws SQLException {
        try (var stores = shell.open()) {
            return stores.keys().find(id).orElseThrow();
        }
    }

    @Test
    void issuesAKeyForSomeRoutesScopesAndAddresses() throws SQLException {
        shell.apply("""
                services: { users: { targets: [ "http://127.0.0.1:9" ] } }
                routes: { users-api: { match: { path: /users }, forward: { service: users } } }
                """);
        var key = issued(
                "--environment",
                "test",
                "--route",
                "users-api",
                "--scope",
                "users:read,users:write",
                "--from",
                "10.0.0.0/8");
        assertThat(key.text()).startsWith("gk_test_");
        assertThat(stored(key.id()).terms())
                .isEqualTo(new KeyTerms(
                        "test", List.of("users-api"), List.of("users:read", "users:write"), List.of("10.0.0.0/8")));
        assertThat(shell.run("keys", "list").out())
                .contains("test routes users-api scopes users:read,users:write from 10.0.0.0/8");

        var changed = shell.run("keys", "change", key.id(), "--route", "", "--scope", "users:read");
        assertThat(changed.code()).isZero();
        assertThat(stored(key.id()).terms())
                .isEqualTo(new KeyTerms("test", List.of(), List.of("users:read"), List.of("10.0.0.0/8")));
        assertThat(shell.run("keys", "change", key.id(), "--from", "10.0.0.1/8").err())
                .contains("'10.0.0.1/8' is refused: must be an address or a block");
    }

    @Test
    void issuesManyKeysInOneRevisionAndRevokesThemFromAList() {
        var ran = shell.run("keys", "issue", "web-shop", "--name", "device", "--count", "3");
        assertThat(ran.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("device-1", "device-2", "device-3");
        assertThat(ran.err()).isEqualTo("3 keys of 'web-shop', revision 2, expires never. They are not shown again.\n");

        var ids = shell.run("keys", "list", "--find", "device", "--ids").out();
        assertThat(shell.typed(ids, "keys", "revoke", "-").out())
                .isEqualTo("revision 3: 3 of 3 keys: each is revoked.\n");
        assertThat(shell.typed(ids, "keys", "revoke", "--undo", "-").out())
                .isEqualTo("revision 4: 3 of 3 keys: each is taken again.\n");
    }

    @Test
    void rotatesAKeyThatGoesOnForAWhile() throws SQLException {
        var old = issued("--name", "demo");
        var ran = shell.run("keys", "rotate", old.id(), "--overlap", "7d");
        var key = KeyText.read(ran.out().strip()).orElseThrow();
        assertThat(ran.err())
                .contains("Key 'demo' of 'web-shop', id " + key.id(), "The old one, " + old.id() + ", ends ");
        assertThat(stored(old.id()).replacedBy()).contains(key.id());
        assertThat(shell.run("keys", "list").out()).contains("replaced by " + key.id());
        assertThat(shell.run("keys", "rotate", key.id(), "--overlap", "never").code())
                .isEqualTo(2);
        assertThat(shell.run("keys", "rotate", old.text()).err()).contains("was replaced already");
    }

    @Test
    void takesOverKeysOfAnotherProduct() throws Exception {
        var sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("sk_old".getBytes(StandardCharsets.UTF_8)));
        assertThat(shell.typed(sha256 + ",web-shop,old\n", "keys", "import", "-")
                        .out())
                .isEqualTo("revision 2: 1 keys imported\n");
        assertThat(shell.run("keys", "list", "--find", "sk_old").out()).contains("web-shop", "old");
        assertThat(shell.typed(sha256 + ",web-shop,again", "keys", "import", "-")
                        .err())
                .isEqualTo("This very key is there already, as keys.web-shop.old.\n");
        assertThat(shell.typed("sk_old,web-shop,plain", "keys", "import", "-").err())
                .isEqualTo("Line 1 is refused: must be SHA256,CONSUMER,NAME with 64 hexadecimal digits.\n");
    }

    @Test
    void tellsWhichPepperIsStillNeeded() {
        issued("--name", "first");
        var both = shell.with("GATEHOUSE_KEY_PEPPER", "1:" + Shell.PEPPER + ",2:another pepper of letters");
        both.run("keys", "issue", "web-shop", "--name", "second");
        assertThat(both.run("keys", "peppers").out().lines())
                .containsExactly("PEPPER  KEYS  STATE", "1       1     still needed", "2       1     hashes new keys");
        assertThat(both.run("keys", "list", "--pepper", "1").out())
                .contains("first")
                .doesNotContain("second");
        assertThat(shell.run("keys", "peppers").out()).contains("not in GATEHOUSE_KEY_PEPPER: these keys are refused");
    }
}
