package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.environment.Variable;
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

/** PostgreSQL and a Redis that keeps nothing on the disk, to be taken away and brought back. */
final class Stores implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("\\bgk_[a-z0-9]+_[0-9A-Za-z]{46}\\b");

    private PostgresServer postgres = PostgresServer.temporary();
    private RedisServer redis = RedisServer.temporary();

    /** By which a node finds them. */
    Map<String, String> environment() {
        return Map.of(
                Variable.GATEHOUSE_DB_URL.name(), postgres.url(),
                Variable.GATEHOUSE_DB_USER.name(), postgres.user(),
                Variable.GATEHOUSE_DB_PASSWORD.name(), postgres.password(),
                Variable.GATEHOUSE_REDIS_URL.name(), redis.url(),
                Variable.GATEHOUSE_KEY_PEPPER.name(), "a pepper for this run only",
                Variable.GATEHOUSE_SECRET_KEY.name(), "1:" + Base64.getEncoder().encodeToString(new byte[32]));
    }

    String redisUrl() {
        return redis.url();
    }

    /** @return the API key that was issued */
    String configure(Path file) {
        gatehouse("migrate");
        var key = KEY.matcher(gatehouse("apply", "--reason", "to be counted", file.toString()));
        if (!key.find()) {
            throw new LedgerException("No API key was issued for " + file + ".", null);
        }
        return key.group();
    }

    private String gatehouse(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        if (Gatehouse.run(environment(), new PrintWriter(out), new PrintWriter(err), arguments) != 0) {
            throw new LedgerException("gatehouse " + String.join(" ", arguments) + ":\n" + err, null);
        }
        return out.toString();
    }

    /** The next {@link #startRedis} begins with what it has now. */
    void saveRedis() {
        redis.save();
    }

    void killRedis() {
        redis.kill();
    }

    /** After {@link #killRedis}; it knows nothing then, or what was saved. */
    void startRedis() {
        redis = redis.restart();
    }

    void pauseRedis() {
        redis.pause();
    }

    void resumeRedis() {
        redis.resume();
    }

    /** {@link #pauseRedis}, and who connects gets no answer either. */
    BlackHole swallowRedis() {
        redis.pause();
        return new BlackHole(redis.port(), redis::resume);
    }

    Database.Access access() {
        return new Database.Access(postgres.url(), postgres.user(), postgres.password());
    }

    void killPostgres() {
        postgres.kill();
    }

    /** After {@link #killPostgres}, on the same data. */
    void startPostgres() {
        postgres = postgres.restart();
    }

    @Override
    public void close() {
        redis.resume();
        redis.close();
        postgres.close();
    }
}
