package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.document.Applying;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.KeyStore;

/** An open database and what the commands do with it. */
record Stores(Database database, ConfigurationStore configuration, KeyStore keys, Applying applying)
        implements AutoCloseable {

    Stores(Database database, Secrets secrets) {
        this(database, new ConfigurationStore(database, secrets), new KeyStore(database));
    }

    private Stores(Database database, ConfigurationStore configuration, KeyStore keys) {
        this(database, configuration, keys, new Applying(configuration, keys));
    }

    ConfigurationReader reader() {
        return configuration.reader();
    }

    @Override
    public void close() {
        database.close();
    }
}
