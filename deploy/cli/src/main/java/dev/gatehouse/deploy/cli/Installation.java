package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Database.Access;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** The database and the secrets that environment variables name; read when a command first asks. */
record Installation(Map<String, String> variables) {

    private static final int CONNECTIONS = 2;

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

    Pepper pepper() {
        return Pepper.of(Environment.read(variables));
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
