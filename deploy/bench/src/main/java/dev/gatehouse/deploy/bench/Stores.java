package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.deploy.cli.Gatehouse;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL and Redis for this run, with the configuration that is measured. */
final class Stores implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("\\bgk_[a-z0-9]+_[0-9A-Za-z]{46}\\b");

    private static final int CONNECTIONS = 4;
    private static final String SECRET = "a pepper for measuring only";

    /** As the nodes have it. */
    static final Pepper PEPPER = new Pepper(1, SECRET);

    private final PostgresServer postgres = PostgresServer.temporary();
    private final RedisServer redis = RedisServer.temporary();

    int redisPort() {
        return redis.port();
    }

    /** By which a node finds them. */
    Map<String, String> environment() {
        return Map.of(
                Variable.GATEHOUSE_DB_URL.name(), postgres.url(),
                Variable.GATEHOUSE_DB_USER.name(), postgres.user(),
                Variable.GATEHOUSE_DB_PASSWORD.name(), postgres.password(),
                Variable.GATEHOUSE_REDIS_URL.name(), redis.url(),
                Variable.GATEHOUSE_KEY_PEPPER.name(), SECRET,
                Variable.GATEHOUSE_SECRET_KEY.name(), "1:" + Base64.getEncoder().encodeToString(new byte[32]));
    }

    /** To be closed by who asks. */
    Database database() {
        return Database.open(new Database.Access(postgres.url(), postgres.user(), postgres.password()), CONNECTIONS);
    }

    /** @return the API key that was issued */
    String configure(Path file) {
        gatehouse("migrate");
        var key = KEY.matcher(gatehouse("apply", "--reason", "to be measured", file.toString()));
        if (!key.find()) {
            throw new BenchException("No API key was issued for " + file + ".", null);
        }
        return key.group();
    }

    /** Adds what the file holds. */
    void add(Path file) {
        gatehouse("apply", "--reason", "beside what is measured", file.toString());
    }

    private String gatehouse(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        if (Gatehouse.run(environment(), new PrintWriter(out), new PrintWriter(err), arguments) != 0) {
            throw new BenchException("gatehouse " + String.join(" ", arguments) + ":\n" + err, null);
        }
        return out.toString();
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
    }
}
