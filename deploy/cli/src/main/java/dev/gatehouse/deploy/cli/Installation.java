package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Database.Access;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import redis.clients.jedis.exceptions.JedisException;

/** The database and the secrets that environment variables name; read when a command first asks. */
record Installation(Map<String, String> variables) {

    private static final int CONNECTIONS = 2;
    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(2);

    Access access() {
        var environment = Environment.read(variables);
        var url = environment.required(Variable.GATEHOUSE_DB_URL);
        if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
            throw new Environment.Invalid(
                    "GATEHOUSE_DB_URL is no PostgreSQL URL: must look like jdbc:postgresql://host:5432/database.");
        }
        return Access.of(environment);
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    Peppers peppers() {
        return Peppers.of(Environment.read(variables));
    }

    /** Ids of keys that came from many addresses lately. */
    List<String> sharedKeys() {
        var access = RedisAccess.of(Environment.read(variables));
        try (var redis = Redis.open(access, "gatehouse-cli", 1, REDIS_PATIENCE)) {
            return new KeyCalls(redis).shared(Instant.now());
        } catch (JedisException e) {
            throw new Refused(
                    "Redis knows which keys are shared, and does not answer at GATEHOUSE_REDIS_URL: " + e.getMessage());
        }
    }

    /** @return how many migrations were applied */
    int migrate() {
        return Database.migrate(access());
    }

    Stores open() throws SQLException {
        var access = access();
        var secrets = Secrets.of(Environment.read(variables));
        knock(access);
        return new Stores(Database.open(access, CONNECTIONS), secrets);
    }

    /** One connection fails at once and with the reason, where a pool would go on trying for seconds. */
    private static void knock(Access access) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "3");
        DriverManager.getConnection(access.url(), properties).close();
    }
}
