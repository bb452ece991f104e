package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Database.Access NODE = DB.login("gatehouse_node");
    private static final Database.Access CONSOLE = DB.login("gatehouse_console");
    private static final Pepper PEPPER = new Pepper(1, "pepper of sixteen letters");

    @BeforeEach
    void publishSomething() {
        DB.publish("users", service(9101));
        DB.publish("web-shop", consumer(""));
        DB.store()
                .publish(
                        List.of(KeyStore.edit(KeyText.create("live"), PEPPER, "web-shop", "demo", Optional.empty())),
                        new Author("setup", ""));
        new AdminUsers(DB.database()).create(new AdminUsers.User("admin", "$argon2id$", true));
    }

    private static void assertRefused(Database.Access access, String sql) throws SQLException {
        try (var connection = FreshDatabase.connect(access);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
        }
    }

    @Test
    void neitherRoleCanLogInByItself() {
        assertThat(DB.query("select rolname from pg_roles where rolname in ('gatehouse_node', 'gatehouse_console')"
                        + " and not rolcanlogin and not rolsuper and not rolcreaterole and not rolcreatedb"
                        + " and not rolbypassrls and not rolreplication"))
                .hasSize(2);
    }

    @Test
    void aNodeReadsTheConfigurationAndWritesItsReport() {
        try (var database = Database.open(NODE, 2)) {
            assertThat(database.trouble()).isEmpty();
            assertThat(new ConfigurationReader(database).load())
                    .isEqualTo(DB.reader().load());
            assertThat(new KeyStore(database).since(0)).isEqualTo(DB.keys().since(0));
            var reports = new NodeReports(database);
            var report = new NodeReports.Report(
                    "node-1",
                    UUID.randomUUID(),
                    "http://10.0.0.3:8080",
                    "0.1.0",
                    Instant.EPOCH,
                    Optional.of(DB.reader().version()),
                    List.of());
            reports.report(report);
            reports.report(report);
            assertThat(reports.all()).extracting(NodeReports.Known::report).containsExactly(report);
            assertThat(reports.alive("node-1", report.boot())).containsExactly("node-1");
            reports.forget("node-1");
            assertThat(reports.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into entity (kind, name, settings, revision) values ('route', 'mine', '{}', 1)",
                "update entity set settings = '{}'",
                "delete from entity",
                "truncate entity",
                "update head set revision = 99",
                "select 1 from head for update",
                "update api_key set revoked_at = null",
                "delete from api_key",
                "insert into revision (revision, author, reason) values (99, 'x', '')",
                "select * from admin_user",
                "insert into admin_user (name, password_hash, must_change) values ('me', 'x', false)",
                "select * from audit",
                "insert into audit (actor, action, subject) values ('x', 'x', 'x')",
                "select * from change",
                "truncate node",
                "create table mine (n int)",
                "alter table entity add column mine int",
                "drop table node",
                "set role gatehouse_console"
            })
    void aNodeMayDoNothingElse(String sql) throws SQLException {
        assertRefused(NODE, sql);
    }

    @Test
    void aConsoleReadsAndPublishesEverything() {
        try (var database = Database.open(CONSOLE, 2)) {
            assertThat(database.trouble()).isEmpty();
            var store = new ConfigurationStore(database);
            var key = KeyText.create("live");
            var first = store.publish(
                    List.of(
                            new Edit.Put("users", service(9102), 1),
                            new Edit.Put("api", route("/a", "users"), 0),
                            KeyStore.edit(key, PEPPER, "web-shop", "second", Optional.empty())),
                    new Author("ann", ""));
            assertThat(FreshDatabase.published(first)).isEqualTo(4);
            var second = store.publish(
                    List.of(new Edit.Delete(Kind.ROUTE, "api", 4), new Edit.RevokeKey(key.id())),
                    new Author("ann", ""));
            assertThat(FreshDatabase.published(second)).isEqualTo(5);
            assertThat(new History(database).newest(9)).hasSize(5);
            new AuditLog(database).write("ann", "sign in", "console");
            assertThat(new AuditLog(database).newest(1).getFirst().action()).isEqualTo("sign in");
            var users = new AdminUsers(database);
            users.create(new AdminUsers.User("ann", "$argon2id$", true));
            users.replacePassword(new AdminUsers.User("ann", "$argon2id$2", false));
            assertThat(users.find("ann").orElseThrow().mustChange()).isFalse();
            assertThat(new KeyStore(database).list(KeyQuery.ALL, 0, 100)).hasSize(2);
            new NodeReports(database).forget("node-1");
            assertThat(new NodeReports(database).all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'somebody else'",
                "delete from audit",
                "truncate audit",
                "truncate audit, revision, change cascade",
                "alter table audit add column mine int",
                "alter table audit disable trigger all",
                "drop table audit",
                "update revision set author = 'somebody else'",
                "delete from revision",
                "truncate revision cascade",
                "update change set name = 'something else'",
                "delete from change",
                "truncate change",
                "delete from api_key",
                "truncate entity",
                "delete from admin_user",
                "delete from head",
                "insert into head (only_row) values (false)",
                "insert into node (name, boot, address, software, started_at) values ('x', gen_random_uuid(), '', '', now())",
                "create table mine (n int)",
                "set role gatehouse_node"
            })
    void aConsoleCannotRewriteWhatHappened(String sql) throws SQLException {
        assertRefused(CONSOLE, sql);
    }
}
