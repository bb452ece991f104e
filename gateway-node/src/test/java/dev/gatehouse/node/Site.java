package dev.gatehouse.node;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.document.Applying;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.quota.Usage;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.db.store.QuotaLedger;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.traffic.Collector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database, a Redis, and nodes that share them; what an operator does, a test does here. */
final class Site implements AutoCloseable {

    private static final Author TESTER = new Author("tester", "");
    private static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");
    private static final Secrets SECRETS =
            Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32]));

    private final Database.Access access;
    private final String redisUrl;
    private final Path folder;
    private final Database database;
    private final Applying applying;
    private List<String> trustedProxies = List.of();
    private Optional<Collector> collector = Optional.empty();
    private final Map<String, Main> nodes = new LinkedHashMap<>();

    Site(PostgresServer postgres, String redisUrl, Path folder) {
        access = new Database.Access(
                postgres.createDatabase("node_" + UUID.randomUUID()), postgres.user(), postgres.password());
        this.redisUrl = redisUrl;
        this.folder = folder;
        Database.migrate(access);
        forgetCounts();
        database = Database.open(access, 2);
        applying = new Applying(new ConfigurationStore(database, SECRETS), new KeyStore(database));
    }

    /** What nodes that are started from now on believe. */
    Site trusting(String... proxies) {
        trustedProxies = List.of(proxies);
        return this;
    }

    /** Whom nodes that are started from now on tell of requests. */
    Site telling(Collector told) {
        collector = Optional.of(told);
        return this;
    }

    /** The sites of a test class share a Redis. */
    private void forgetCounts() {
        try (var redis = Redis.open(redisUrl, "site", 1, Duration.ofSeconds(5))) {
            redis.flushAll();
        }
    }

    /** Applies the document as the only configuration. @return the key it issued, empty when none */
    String configure(String yaml) {
        var parsed = Yaml.read(yaml);
        var document = parsed.document();
        if (document == null) {
            return Assertions.fail("not a document: " + parsed.problems());
        }
        await().until(() -> database.trouble().isEmpty());
        var applied = applying.apply(document, true, TESTER, () -> PEPPER);
        if (!(applied.publication() instanceof Publication.Published published)) {
            return Assertions.fail("not published: " + applied.publication());
        }
        awaitRevision(published.revision());
        return applied.issued().values().stream().findFirst().map(KeyText::text).orElse("");
    }

    /** What the ledger has of that quota of the consumer {@code shop}. */
    long used(String quota) {
        return new QuotaLedger(database)
                .of(quota, "consumer:shop", 2).stream().mapToLong(Usage::used).sum();
    }

    KeyStore keys() {
        return new KeyStore(database);
    }

    /** The text of every row of every table, as the owner of the schema. */
    List<String> everyRow() throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (var table : tables) {
                try (var found = statement.executeQuery("select t::text from " + table + " t")) {
                    while (found.next()) {
                        rows.add(table + ": " + found.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    void revoke(String keyId) {
        var published = (Publication.Published)
                new ConfigurationStore(database).publish(List.of(new Edit.RevokeKey(keyId)), TESTER);
        awaitRevision(published.revision());
    }

    /** Until every node says that it serves it. */
    private void awaitRevision(long revision) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> reports().stream()
                        .filter(known -> known.report()
                                .version()
                                .filter(version -> version.revision() >= revision)
                                .isPresent())
                        .map(known -> known.report().name())
                        .toList()
                        .containsAll(nodes.keySet()));
    }

    List<NodeReports.Known> reports() {
        return new NodeReports(database).all();
    }

    /** As somebody does who thinks that it will not come back. */
    void forget(String name) {
        new NodeReports(database).forget(name);
    }

    /** Starts it, or starts it again on the same state folder. */
    Main start(String name) {
        var config = new NodeConfig(
                name,
                access,
                RedisAccess.of(redisUrl),
                0,
                Optional.of(0),
                443,
                "127.0.0.1",
                0,
                folder.resolve(name),
                Peppers.of(PEPPER),
                SECRETS,
                trustedProxies,
                false,
                AddressRules.of(List.of("127.0.0.0/8")),
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ZERO,
                folder.resolve(name + ".log").toString(),
                collector);
        var node = new Main(config, Clock.systemUTC());
        nodes.put(name, node);
        return node;
    }

    /** Among how many nodes this one shares limits, as it has kept it; 0 before it knows. */
    int shareOf(String name) {
        try {
            return Integer.parseInt(Files.readString(folder.resolve(name).resolve("nodes")));
        } catch (IOException e) {
            return 0;
        }
    }

    /** What that node has written of the requests to that path, in their order. */
    List<JsonNode> accessLog(String name, String path) {
        try {
            var written = Files.readString(folder.resolve(name + ".log"));
            // the last line may be half written
            return written.substring(0, written.lastIndexOf('\n') + 1)
                    .lines()
                    .map(JsonMapper.shared()::readTree)
                    .filter(line -> line.path("path").asString("").equals(path))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop(String name) {
        var node = nodes.remove(name);
        if (node != null) {
            node.close();
        }
    }

    @Override
    public void close() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.values().forEach(node -> threads.execute(node::close));
        }
        nodes.clear();
        database.close();
    }
}
