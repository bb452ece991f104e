package dev.gatehouse.deploy.local;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL and Redis: embedded, or those that the environment names. */
final class Servers implements AutoCloseable {

    private final Home home;
    private final Environment given;
    private final @Nullable PostgresServer postgres;
    private final @Nullable RedisServer redis;

    private Servers(Home home, Environment given, @Nullable PostgresServer postgres, @Nullable RedisServer redis) {
        this.home = home;
        this.given = given;
        this.postgres = postgres;
        this.redis = redis;
    }

    /** @throws dev.gatehouse.deploy.servers.ServerStartException when one does not start; then neither runs */
    static Servers start(Options options, Home home, Progress progress) {
        var given = Environment.read(System.getenv());
        if (Programs.given(Variable.GATEHOUSE_DB_URL)) {
            given.required(Variable.GATEHOUSE_DB_USER);
        }
        var redis = CompletableFuture.supplyAsync(() -> redis(options, home, progress));
        PostgresServer postgres = null;
        try {
            postgres = postgres(options, home, progress);
            return new Servers(home, given, postgres, redis.join());
        } catch (RuntimeException e) {
            redis.thenAccept(Servers::close).exceptionally(_ -> null).join();
            close(postgres);
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static @Nullable PostgresServer postgres(Options options, Home home, Progress progress) {
        if (Programs.given(Variable.GATEHOUSE_DB_URL)) {
            return null;
        }
        var started = PostgresServer.start(home.folder("postgres"), options.postgresPort());
        progress.done("PostgreSQL");
        return started;
    }

    private static @Nullable RedisServer redis(Options options, Home home, Progress progress) {
        if (Programs.given(Variable.GATEHOUSE_REDIS_URL)) {
            return null;
        }
        var started = RedisServer.start(home.folder("redis"), options.redisPort());
        progress.done("Redis");
        return started;
    }

    /** For {@code deploy/gatehouse}: the owner of the database. */
    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        if (postgres == null) {
            give(environment, Variable.GATEHOUSE_DB_URL);
            give(environment, Variable.GATEHOUSE_DB_USER);
            give(environment, Variable.GATEHOUSE_DB_PASSWORD);
        } else {
            Programs.set(environment, Variable.GATEHOUSE_DB_URL, postgres.url());
            Programs.set(environment, Variable.GATEHOUSE_DB_USER, postgres.user());
            Programs.set(environment, Variable.GATEHOUSE_DB_PASSWORD, postgres.password());
        }
        if (redis == null) {
            give(environment, Variable.GATEHOUSE_REDIS_URL);
        } else {
            Programs.set(environment, Variable.GATEHOUSE_REDIS_URL, redis.url());
        }
        Programs.set(
                environment,
                Variable.GATEHOUSE_KEY_PEPPER,
                Programs.given(Variable.GATEHOUSE_KEY_PEPPER)
                        ? given.text(Variable.GATEHOUSE_KEY_PEPPER)
                        : home.secret("key-pepper"));
        Programs.set(
                environment,
                Variable.GATEHOUSE_SECRET_KEY,
                Programs.given(Variable.GATEHOUSE_SECRET_KEY)
                        ? given.text(Variable.GATEHOUSE_SECRET_KEY)
                        : "1:"
                                + Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(home.secret("secret-key"))));
        return environment;
    }

    private void give(Map<String, String> environment, Variable variable) {
        Programs.set(environment, variable, given.text(variable));
    }

    /** For a program, which in the embedded server has a login of its own with no more rights than it needs. */
    Map<String, String> environment(String program) {
        var environment = environment();
        if (postgres != null) {
            Programs.set(environment, Variable.GATEHOUSE_DB_USER, program);
            Programs.set(environment, Variable.GATEHOUSE_DB_PASSWORD, home.secret(program + "-password"));
        }
        return environment;
    }

    /** Once the schema and its roles are there. */
    void createLogins() {
        if (postgres == null) {
            return;
        }
        for (var program : new String[] {"node", "console"}) {
            // a name and hexadecimal digits: nothing to escape
            postgres.execute("""
                    do $$ begin
                        if not exists (select from pg_roles where rolname = '%1$s') then
                            create role %1$s login in role gatehouse_%1$s;
                        end if;
                        alter role %1$s password '%2$s';
                    end $$""".formatted(program, home.secret(program + "-password")));
        }
    }

    /** @param lost told the name of a server that ends */
    void watch(Consumer<String> lost) {
        if (postgres != null) {
            watch("PostgreSQL", postgres.pid(), lost);
        }
        if (redis != null) {
            watch("Redis", redis.pid(), lost);
        }
    }

    private static void watch(String name, long pid, Consumer<String> lost) {
        ProcessHandle.of(pid).ifPresent(process -> {
            var _ = process.onExit().thenRun(() -> lost.accept(name));
        });
    }

    String postgresUrl() {
        return postgres == null ? given.text(Variable.GATEHOUSE_DB_URL) : postgres.url();
    }

    String redisUrl() {
        return redis == null ? given.text(Variable.GATEHOUSE_REDIS_URL) : redis.url();
    }

    @Override
    public void close() {
        close(redis);
        close(postgres);
    }

    private static void close(@Nullable RedisServer server) {
        if (server != null) {
            server.close();
        }
    }

    private static void close(@Nullable PostgresServer server) {
        if (server != null) {
            server.close();
        }
    }
}
