package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real console on a free port, with a database and a Redis of its own that are there before it starts. */
final class RunningConsole implements AutoCloseable {

    private static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");
    static final Secrets SECRETS = Secrets.read("1:" + "c2VjcmV0".repeat(5) + "c2U=");
    private static final String FIRST_PASSWORD = "GATEHOUSE_FIRST_PASSWORD=";

    final Database.Access access = Stores.fresh();
    final RedisServer redis = RedisServer.temporary();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable Main main;

    static ConsoleConfig config(Database.Access access, String redisUrl) {
        return new ConsoleConfig(
                "127.0.0.1",
                0,
                access,
                RedisAccess.of(redisUrl),
                Peppers.of(PEPPER),
                SECRETS,
                URI.create("http://127.0.0.1:8080"),
                List.of());
    }

    RunningConsole start() {
        main = new Main(
                config(access, redis.url()), Clock.systemUTC(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return this;
    }

    URI url() {
        return Objects.requireNonNull(main).url();
    }

    String firstPassword() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(FIRST_PASSWORD))
                .map(line -> line.substring(FIRST_PASSWORD.length()))
                .findFirst()
                .orElseThrow();
    }

    /** A service, two routes and a key. */
    Version configured() {
        try (var database = Database.open(access, 2)) {
            var service = new Service(
                    List.of(new Target("http://127.0.0.1:9101")),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(60),
                    Protocol.HTTP1,
                    ServiceTls.DEFAULT);
            var key = KeyText.create("test");
            var published = new ConfigurationStore(database)
                    .publish(
                            List.of(
                                    new Edit.Put("users", service, 0),
                                    new Edit.Put("users-api", route("/api/users/**"), 0),
                                    new Edit.Put("orders-api", route("/api/orders/**"), 0),
                                    new Edit.Put("products-api", route("/api/products/**"), 0),
                                    new Edit.Put("web-shop", new Consumer("The shop."), 0),
                                    KeyStore.edit(key, PEPPER, "web-shop", "first", Optional.empty())),
                            new Author("test", "first configuration"));
            assertThat(published).isInstanceOf(Publication.Published.class);
            return new ConfigurationReader(database).version();
        }
    }

    private static Route route(String path) {
        return new Route(
                Match.of(path),
                false,
                List.of(),
                new Forward("users", ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    @Override
    public void close() {
        if (main != null) {
            main.close();
        }
        redis.close();
    }
}
