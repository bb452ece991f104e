package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.deploy.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private static final int ALL = all();

    private static int all() {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void doesNothingTheSecondTime() {
        var access = FreshDatabase.bare();
        assertThat(Database.migrate(access)).isEqualTo(ALL);
        assertThat(Database.migrate(access)).isZero();
    }

    @Test
    void keepsWhatIsConfigured() {
        var access = FreshDatabase.bare();
        Database.migrate(access);
        try (var database = Database.open(access, 2)) {
            new ConfigurationStore(database)
                    .publish(List.of(new Edit.Put("users", service(9101), 0)), new Author("ann", ""));
            var before = new ConfigurationReader(database).load();
            Database.migrate(access);
            assertThat(new ConfigurationReader(database).load()).isEqualTo(before);
        }
    }

    @Test
    void letsOneOfSeveralWorkWhileTheOthersWait() throws Exception {
        var access = FreshDatabase.bare();
        assertThat(atOnce(3, () -> Database.migrate(access))).containsExactlyInAnyOrder(ALL, 0, 0);
        try (var database = Database.open(access, 1)) {
            assertThat(new ConfigurationReader(database).load().snapshot()).isEqualTo(Snapshot.EMPTY);
        }
    }

    /** Roles belong to the server, not to the database: this needs a server that has none of them yet. */
    @Test
    void createsTheRolesOfAServerOnceAndSaysWhoMay() throws Exception {
        try (var _ = new Silence("org.flywaydb.core.internal.command.DbMigrate");
                var server = PostgresServer.temporary()) {
            server.execute("create user plain password 'secret'");
            server.execute("create database owned owner plain");
            var owned = new Database.Access(server.url("owned"), "plain", "secret");
            assertThatThrownBy(() -> Database.migrate(owned))
                    .hasMessageContaining("role gatehouse_node is missing and this user may not create it");

            assertThat(migrateWhileAnotherCreatesARole(server)).isEqualTo(ALL);

            assertThat(Database.migrate(owned)).isEqualTo(1);
            try (var database = Database.open(owned, 1)) {
                assertThat(database.trouble()).isEmpty();
            }
        }
    }

    private static int migrateWhileAnotherCreatesARole(PostgresServer server) throws Exception {
        var own = new Database.Access(server.url(), server.user(), server.password());
        var other = new Database.Access(server.createDatabase("other"), server.user(), server.password());
        try (var rival = FreshDatabase.connect(own);
                var creating = rival.createStatement();
                var observer = FreshDatabase.connect(own);
                var threads = Executors.newSingleThreadExecutor()) {
            rival.setAutoCommit(false);
            creating.execute("create role gatehouse_node nologin");
            var migrating = threads.submit(() -> Database.migrate(other));
            await().atMost(Duration.ofMinutes(1)).until(() -> isSomebodyWaiting(observer));
            rival.commit();
            return migrating.get();
        }
    }

    private static boolean isSomebodyWaiting(Connection observer) throws SQLException {
        try (var statement = observer.createStatement();
                var row = statement.executeQuery(
                        "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static List<Integer> atOnce(int times, Callable<Integer> task) throws Exception {
        var start = new CountDownLatch(1);
        var results = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(times)) {
            var running = new ArrayList<Future<Integer>>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            for (var one : running) {
                results.add(one.get());
            }
        }
        return results;
    }
}
