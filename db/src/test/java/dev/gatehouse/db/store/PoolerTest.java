package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.deploy.servers.PostgresServer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything behind a pooler that gives each transaction another server connection. */
class PoolerTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Pepper PEPPER = new Pepper(1, "pepper of sixteen letters");
    private final TransactionPooler pooler =
            new TransactionPooler(PostgresServer.shared().port());
    private final Database writing = open();
    private final Database reading = open();

    private Database open() {
        var direct = DB.access();
        var url = direct.url().replace(":" + PostgresServer.shared().port() + "/", ":" + pooler.port() + "/");
        return Database.open(new Database.Access(url, direct.user(), direct.password()), 3);
    }

    @BeforeEach
    void connect() {
        assertThat(writing.trouble()).isEmpty();
        assertThat(reading.trouble()).isEmpty();
    }

    @AfterEach
    void disconnect() throws IOException {
        writing.close();
        reading.close();
        pooler.close();
    }

    /** More often than the five times after which the driver would name a prepared statement. */
    @Test
    void worksOnEverChangingConnectionsAndLeavesNothingInThem() {
        var store = new ConfigurationStore(writing);
        for (int i = 1; i <= 12; i++) {
            var key = KeyText.create("live");
            var edits = List.<Edit>of(
                    new Edit.Put("users", service(i), 2L * i - 2),
                    new Edit.Put("app-" + i, consumer(""), 0),
                    KeyStore.edit(key, PEPPER, "app-" + i, "demo", Optional.empty()));
            assertThat(FreshDatabase.published(store.publish(edits, new Author("ann", ""))))
                    .isEqualTo(2L * i - 1);
            assertThat(store.publish(List.of(new Edit.Put("users", service(99), 0)), new Author("ben", "")))
                    .isInstanceOf(Publication.Conflict.class);
            assertThat(FreshDatabase.published(store.publish(
                            List.<Edit>of(
                                    new Edit.Delete(Kind.SERVICE, "users", 2L * i - 1), new Edit.RevokeKey(key.id())),
                            new Author("ann", ""))))
                    .isEqualTo(2L * i);
            assertThat(new ConfigurationReader(reading).load().version().revision())
                    .isEqualTo(2L * i);
            assertThat(new KeyStore(reading).since(2L * i - 1).changed()).hasSize(1);
            assertThat(new KeyStore(reading).list(KeyQuery.ALL, 0, 100)).hasSize(i);
            assertThat(new History(reading).newest(3)).isNotEmpty();
            report(i);
            new AuditLog(writing).write("ann", "sign in", "console");
            new AdminUsers(writing).create(new AdminUsers.User("user-" + i, "$argon2id$", true));
            assertThat(new AdminUsers(reading).find("user-" + i)).isPresent();
        }
        assertThat(pooler.worked()).isGreaterThan(1);
        assertThat(pooler.statements())
                .noneMatch(sql -> sql.matches("(?s)\\w+\\|.*\\|.*"))
                .noneMatch(sql -> sql.matches("(?is).*\\b(listen|prepare|declare|create temp|pg_(try_)?advisory).*"))
                .filteredOn(sql -> sql.matches("(?is)\\|?\\s*set\\b.*"))
                .allMatch(sql ->
                        sql.matches("(?is)\\|?\\s*set (transaction|local|application_name|extra_float_digits)\\b.*"));
    }

    private void report(int i) {
        new NodeReports(writing)
                .report(new NodeReports.Report(
                        "node-1",
                        UUID.randomUUID(),
                        "http://10.0.0.3:8080",
                        "0.1.0",
                        Instant.EPOCH,
                        Optional.of(new ConfigurationReader(writing).version()),
                        List.of("problem " + i)));
        assertThat(new NodeReports(reading).all()).hasSize(1);
    }

    @Test
    void readsOneStateWhileItIsBeingChanged() throws Exception {
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = List.of(threads.submit(() -> readUntil(done)), threads.submit(() -> readUntil(done)));
            var store = new ConfigurationStore(writing);
            for (int port = 1; port <= 100; port++) {
                var edits = List.<Edit>of(
                        new Edit.Put("one", service(port), Edit.ANY), new Edit.Put("two", service(port), Edit.ANY));
                assertThat(FreshDatabase.published(store.publish(edits, new Author("ann", ""))))
                        .isEqualTo(port);
            }
            done.set(true);
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private int readUntil(AtomicBoolean done) {
        int reads = 0;
        do {
            var loaded = new ConfigurationReader(reading).load();
            int revision = (int) loaded.version().revision();
            if (revision > 0) {
                assertThat(loaded.snapshot().services())
                        .as("revision " + revision)
                        .containsEntry("one", service(revision))
                        .containsEntry("two", service(revision));
            }
            reads++;
        } while (!done.get());
        return reads;
    }
}
