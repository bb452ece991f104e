package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.store.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {

    static final String SHOP = """
            services:
              users: { targets: [ "http://127.0.0.1:9101" ] }
            routes:
              users-api:
                match: { path: "/api/users/**", methods: [GET] }
                policies: [ { rate-limit: { requests: 60, window: 1m, per: consumer } } ]
                forward: { service: users, rewrite: "/users/**" }
            consumers:
              web-shop: { keys: [ demo ] }
            """;

    private final Shell shell = Shell.migratedOne();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void publishesAFileAsOneRevisionAndShowsNewKeysOnce() throws IOException {
        var file = Files.writeString(folder.resolve("shop.yaml"), SHOP);
        var ran = shell.run("apply", file.toString(), "--reason", "first shop");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("""
                revision 1: 3 added, 1 key issued
                  + service users
                  + route users-api
                  + consumer web-shop
                  + key web-shop/demo
                New keys, shown only this once:
                  web-shop/demo  gk_live_""");
        var line = ran.out().lines().toList().getLast();
        assertThat(KeyText.read(line.substring(line.indexOf("gk_")))).isPresent();
    }

    @Test
    void recordsWhoAppliedAndWhy() throws SQLException {
        shell.apply(SHOP, "--reason", "first shop");
        shell.apply(SHOP.replace("60", "90"));
        try (var stores = shell.open()) {
            var revisions = new History(stores.database()).newest(2);
            assertThat(revisions)
                    .extracting(History.Revision::author)
                    .containsOnly(System.getProperty("user.name") + " (cli)");
            assertThat(revisions).extracting(History.Revision::reason).containsExactly("applied <stdin>", "first shop");
        }
    }

    @Test
    void saysWhenNothingChanged() {
        shell.apply(SHOP);
        var again = shell.apply(SHOP);
        assertThat(again.code()).isZero();
        assertThat(again.out()).isEqualTo("Nothing changed: revision 1 says all of this already.\n");
    }

    @Test
    void tellsEverySettingThatChanged() {
        shell.apply(SHOP);
        var changed = SHOP.replace("requests: 60", "requests: 90")
                .replace("methods: [GET]", "methods: [GET, POST]")
                .replace("window: 1m, per: consumer", "window: 1m, per: key");
        assertThat(shell.apply(changed).out()).isEqualTo("""
                revision 2: 1 changed
                  ~ route users-api
                      match.methods: ["GET"] -> ["GET","POST"]
                      policies[0].rate-limit.requests: 60 -> 90
                      policies[0].rate-limit.per: (default) -> key
                """);
    }

    @Test
    void keepsWhatTheFileDoesNotName() {
        shell.apply(SHOP);
        assertThat(shell.apply("services: {}").out()).startsWith("Nothing changed");
        assertThat(shell.run("export").out()).contains("users-api", "web-shop");
    }

    @Test
    void prunesWhatTheFileDoesNotNameWhenAsked() {
        shell.apply(SHOP);
        var pruned = shell.apply("""
                services:
                  users: { targets: [ "http://127.0.0.1:9101" ] }
                """, "--prune");
        assertThat(pruned.out()).isEqualTo("""
                revision 2: 2 deleted, 1 key revoked
                  - route users-api
                  - consumer web-shop
                  - key web-shop/demo
                """);
    }

    @Test
    void revokesAKeyThatAPrunedFileNoLongerNames() {
        shell.apply(SHOP);
        assertThat(shell.apply(SHOP.replace("[ demo ]", "[ mobile ]"), "--prune")
                        .out())
                .contains("revision 2: 1 key issued, 1 key revoked", "- key web-shop/demo", "+ key web-shop/mobile");
    }

    @Test
    void refusesAPruneThatWouldTakeAServiceFromARouteOfTheFile() {
        shell.apply(SHOP);
        var routesOnly = SHOP.substring(SHOP.indexOf("routes:"));
        var ran = shell.apply(routesOnly, "--prune");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("""
                <stdin>:5: routes.users-api.forward.service: There is no service 'users'.
                Nothing was saved: 1 problem.
                """);
    }

    @Test
    void refusesToPruneByAnEmptyFile() {
        shell.apply(SHOP);
        var ran = shell.apply("# nothing here\n", "--prune");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--prune would delete everything", "services: {}");
        assertThat(shell.run("export").out()).contains("users-api");
        assertThat(shell.apply("services: {}", "--prune").out()).startsWith("revision 2: 3 deleted, 1 key revoked");
    }
}
