package dev.gatehouse.deploy.bench.key;

import dev.gatehouse.db.key.KeyHash;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.node.identity.KeyTable;
import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Prints what a million keys cost: heap, the start from the database, ten thousand changes, a page of the console. */
public final class Million {

    private static final int KEYS = 1_000_000;
    private static final int CHANGES = 10_000;

    private Million() {}

    public static void main(String[] arguments) throws SQLException {
        var table = new KeyTable();
        long before = used();
        table.replace(to -> ManyKeys.handOver(KEYS, to));
        System.out.println((used() - before) / 1_000_000 + " MB of heap for " + table.size() + " keys");
        try (var server = PostgresServer.temporary()) {
            var access = new Database.Access(
                    server.createDatabase("bench_" + UUID.randomUUID()), server.user(), server.password());
            Database.migrate(access);
            fill(access);
            try (var database = Database.open(access, 2)) {
                measure(database);
            }
        }
        System.exit(0);
    }

    private static void measure(Database database) {
        var keys = new KeyStore(database);
        var store = new ConfigurationStore(database);
        var table = new KeyTable();
        timed("all keys from the database into the table", () -> table.replace(to -> keys.since(0, to)));
        var edits = new ArrayList<Edit>();
        for (int i = 0; i < CHANGES; i++) {
            edits.add(new Edit.AddKey(
                    ManyKeys.id(KEYS + i),
                    "shop",
                    "new-" + i,
                    new KeyHash(ManyKeys.hash(KEYS + i), 1),
                    Optional.empty()));
        }
        timed("10 000 keys published in one revision", () -> store.publish(edits, new Author("bench", "")));
        timed(
                "those changes from the database into the table",
                () -> table.apply(keys.since(1).changed()));
        timed("the first page", () -> keys.list(KeyQuery.ALL, 0, 50));
        timed("the first page again", () -> keys.list(KeyQuery.ALL, 0, 50));
        timed("how many there are, up to 10 000", () -> keys.count(KeyQuery.ALL, 10_000));
        timed(
                "by the beginning of an id",
                () -> keys.list(KeyQuery.ALL.text(ManyKeys.id(77).substring(0, 6)), 0, 50));
        timed("of one consumer", () -> keys.list(KeyQuery.ALL.of("consumer-77"), 0, 50));
        timed("unused for 30 days", () -> keys.list(KeyQuery.ALL.because(KeyQuery.Concern.UNUSED), 0, 50));
        timed("expiring", () -> keys.list(KeyQuery.ALL.because(KeyQuery.Concern.EXPIRING), 0, 50));
    }

    private static void timed(String what, Runnable action) {
        long start = System.nanoTime();
        action.run();
        System.out.println((System.nanoTime() - start) / 1_000_000 + " ms: " + what);
    }

    /** As a million publications would have left them, without their history. */
    private static void fill(Database.Access access) throws SQLException {
        try (var database = Database.open(access, 1)) {
            new ConfigurationStore(database)
                    .publish(List.of(new Edit.Put("shop", new Consumer(""), 0)), new Author("bench", ""));
        }
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var insert = connection.prepareStatement("""
                        insert into api_key (id, consumer, name, hash, pepper_version, created_by, created_at, revision, terms)
                        values (?, ?, ?, ?, 1, 'bench', now() - ? * interval '1 minute', 1, cast(? as jsonb))
                        """)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < KEYS; i++) {
                insert.setString(1, ManyKeys.id(i));
                insert.setString(2, ManyKeys.consumer(i));
                insert.setString(3, "key-" + i);
                insert.setBytes(4, ManyKeys.hash(i));
                insert.setInt(5, i % 100_000);
                insert.setString(
                        6,
                        ManyKeys.terms(i).routes().isEmpty()
                                ? "{}"
                                : "{\"routes\": [\""
                                        + ManyKeys.terms(i).routes().getFirst()
                                        + "\"], \"scopes\": [\"orders:read\"]}");
                insert.addBatch();
                if (i % 10_000 == 9_999) {
                    insert.executeBatch();
                }
            }
            connection.commit();
            connection.createStatement().execute("analyze");
            connection.commit();
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 5; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
