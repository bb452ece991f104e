package dev.gatehouse.db.store;

import dev.gatehouse.db.Samples;
import dev.gatehouse.db.model.Entity;
import dev.gatehouse.deploy.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A migrated database for one test class, empty before each of its tests. */
public final class FreshDatabase implements BeforeEachCallback, AfterAllCallback {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = template();

    private final Database.Access access =
            access(SERVER.createDatabase("db_test_" + COUNT.incrementAndGet(), TEMPLATE));
    private final Database database = Database.open(access, 8);

    private static String template() {
        Database.migrate(access(SERVER.createDatabase("db_test_template")));
        return "db_test_template";
    }

    /** A database without our schema. */
    static Database.Access bare() {
        return access(SERVER.createDatabase("db_test_" + COUNT.incrementAndGet()));
    }

    private static Database.Access access(String url) {
        return new Database.Access(url, SERVER.user(), SERVER.password());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        forgetEverything();
    }

    public void forgetEverything() {
        execute(
                "truncate entity, api_key, key_use, change, revision, audit, node, admin_user, quota_usage, quota_batch, quota_alert");
        execute("update head set epoch = gen_random_uuid(), revision = 0");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database.close();
    }

    Database.Access access() {
        return access;
    }

    public Database database() {
        return database;
    }

    public ConfigurationStore store() {
        return new ConfigurationStore(database, Samples.SECRETS);
    }

    public ConfigurationReader reader() {
        return new ConfigurationReader(database);
    }

    public KeyStore keys() {
        return new KeyStore(database);
    }

    /** A login of its own that is a member of the role. */
    Database.Access login(String role) {
        var name = role + "_login_" + COUNT.incrementAndGet();
        SERVER.execute("create user " + name + " password 'secret' in role " + role);
        return new Database.Access(access.url(), name, "secret");
    }

    /** Puts things in place, whatever was there before. @return the revision */
    public long publish(String name, Entity entity) {
        return published(store().publish(List.of(new Edit.Put(name, entity, Edit.ANY)), new Author("setup", "")));
    }

    Publication publish(Edit... edits) {
        return store().publish(List.of(edits), new Author("ann", ""));
    }

    /** The revision; fails when there is none. */
    static long published(Publication publication) {
        if (publication instanceof Publication.Published done) {
            return done.revision();
        }
        throw new AssertionError("Not published: " + publication);
    }

    /** As the owner, beside the stores. */
    public void execute(String sql) {
        try (var connection = connect(access);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The first column of all rows, as the owner. */
    List<String> query(String sql) {
        try (var connection = connect(access);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(String.valueOf(rows.getString(1)));
            }
            return column;
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static Connection connect(Database.Access access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }
}
