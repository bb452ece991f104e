package dev.gatehouse.db.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.flywaydb.database.postgresql.TransactionalModel;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of connections. No session state is kept between transactions, so a transaction pooler may stand in between.
 * Opening it needs no server: a program starts and says what is missing rather than dying with PostgreSQL.
 */
public final class Database implements AutoCloseable {

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * How to reach PostgreSQL.
     *
     * @param url {@code jdbc:postgresql://host:port/database}; several hosts separated by commas
     */
    public record Access(String url, String user, String password) {

        /** As the environment says. */
        public static Access of(Environment environment) {
            return new Access(
                    environment.required(Variable.GATEHOUSE_DB_URL),
                    environment.required(Variable.GATEHOUSE_DB_USER),
                    environment.text(Variable.GATEHOUSE_DB_PASSWORD));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user + "@" + url;
        }
    }

    /** @param connections how many at most */
    public static Database open(Access access, int connections) {
        var config = new HikariConfig();
        config.setDataSource(source(access));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setPoolName("postgres");
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setIdleTimeout(connections > 1 ? Duration.ofMinutes(1).toMillis() : 0);
        config.setMaxLifetime(Duration.ofMinutes(5).toMillis());
        return new Database(new HikariDataSource(config));
    }

    static PGSimpleDataSource source(Access access) {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl(access.url());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + access.url() + "' is no PostgreSQL URL: must look like jdbc:postgresql://host:5432/database",
                    e);
        }
        source.setUser(access.user());
        source.setPassword(access.password());
        // The driver's defaults wait for ever on a silent server and name prepared statements, which poolers do not
        // carry.
        source.setConnectTimeout(2);
        source.setLoginTimeout(3);
        source.setSocketTimeout(10);
        source.setTcpKeepAlive(true);
        source.setPrepareThreshold(0);
        return source;
    }

    /**
     * Brings the schema up to date. Several programs may do so at once: one works, the others wait. Its user must own
     * the schema; the programs themselves run with less.
     *
     * @return how many migrations were applied
     */
    public static int migrate(Access access) {
        var source = source(access);
        // a migration may take its time, and what starts first on a busy machine waits rather than fails
        source.setSocketTimeout(0);
        source.setConnectTimeout(30);
        source.setLoginTimeout(30);
        return migrate(source);
    }

    private static int migrate(DataSource source) {
        var flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .validateMigrationNaming(true);
        // A session lock: with the transactional one, CREATE INDEX CONCURRENTLY would wait for ever.
        var lock = new TransactionalModel();
        lock.setLock(false);
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactional(lock);
        return flyway.load().migrate().migrationsExecuted;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** Makes something of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Rows by plain JDBC, for what is asked every second and so stays code that is interpreted: Jdbi is three times as
     * much of that.
     *
     * @param values for each {@code ?}
     * @throws JdbiException as the others do
     */
    <T> List<T> rows(String sql, Row<T> row, Object... values) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (found.next()) {
                    rows.add(row.of(found));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /**
     * A transaction whose statements all see one state. The driver's own way of asking for it sets the session, which
     * behind a pooler is by then another one, or becomes somebody else's.
     */
    <T> T readOneState(Function<Handle, T> read) {
        return jdbi.inTransaction(handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            return read.apply(handle);
        });
    }

    /** Is the server there and the schema known? Empty text when all is well, else a sentence that says what to do. */
    public String trouble() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select to_regclass('head') is not null")) {
            found.next();
            return found.getBoolean(1) ? "" : "The database has no Gatehouse schema; run: deploy/gatehouse migrate";
        } catch (SQLException e) {
            return "PostgreSQL cannot be used: " + reason(e);
        }
    }

    /** The pool only says that it waited in vain; the driver beneath it says why. */
    private static @Nullable String reason(SQLException e) {
        return e.getCause() instanceof SQLException cause ? reason(cause) : e.getMessage();
    }

    @Override
    public void close() {
        pool.close();
    }
}
