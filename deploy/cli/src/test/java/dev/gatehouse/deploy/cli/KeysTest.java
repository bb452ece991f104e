package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.KeyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
            assertThat(stores.keys().all())
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
            assertThat(stores.keys().all())
                    .filteredOn(key -> key.name().equals("instant"))
                    .extracting(ApiKey::expiresAt)
                    .containsExactly(java.util.Optional.of(Instant.parse("2099-01-31T12:00:00Z")));
            assertThat(stores.keys().all())
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
        assertThat(all)
                .contains("expires 2099-01-31T12:00:00Z", "revoked 2", first.id())
                .doesNotContain("gk_");
        assertThat(shell.run("keys", "list").out()).contains("soon").doesNotContain(first.id());
        assertThat(shell.run("keys", "list", "web-shop").err()).isEqualTo("There is no key in force.\n");
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
}
