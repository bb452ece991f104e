package dev.gatehouse.console;

import dev.gatehouse.db.store.Database;
import dev.gatehouse.deploy.servers.PostgresServer;
import java.util.UUID;

/** Databases of the shared PostgreSQL, each fresh and migrated; copies of one template, which is much faster. */
public final class Stores {

    private static final String TEMPLATE = "console_template";
    private static boolean made;

    private Stores() {}

    public static synchronized Database.Access fresh() {
        var postgres = PostgresServer.shared();
        if (!made) {
            Database.migrate(access(postgres.createDatabase(TEMPLATE)));
            made = true;
        }
        return access(postgres.createDatabase(
                "console_" + UUID.randomUUID().toString().replace("-", ""), TEMPLATE));
    }

    private static Database.Access access(String url) {
        var postgres = PostgresServer.shared();
        return new Database.Access(url, postgres.user(), postgres.password());
    }
}
