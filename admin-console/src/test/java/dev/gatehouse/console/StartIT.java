package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.store.Database;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class StartIT {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void saysInOneLineThatThePortIsTakenAndTellsNoPassword() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var access = Stores.fresh();
            assertThatThrownBy(() -> start(config(access, taken.getLocalPort())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The console cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (Address already in use); stop what does, or set GATEHOUSE_CONSOLE_PORT.");
            try (var database = Database.open(access, 2)) {
                assertThat(new dev.gatehouse.db.store.AdminUsers(database).isEmpty())
                        .isTrue();
            }
        }
    }

    @Test
    void saysInOneLineThatTheDatabaseCannotBeReached() {
        var nowhere = new Database.Access("jdbc:postgresql://127.0.0.1:1/postgres", "nobody", "");

        assertThatThrownBy(() -> start(config(nowhere, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The database nobody@jdbc:postgresql://127.0.0.1:1/postgres is not ready: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void runsAsAUserWhoMayNotChangeTheSchema() {
        var access = Stores.fresh();
        PostgresServer.shared().execute("create user console_1 password 'secret' in role gatehouse_console");
        var restricted = new Database.Access(access.url(), "console_1", "secret");

        try (var main = start(config(restricted, 0))) {
            assertThat(main.url().getPort()).isPositive();
        }
    }

    @Test
    void startsWhileRedisIsAway() {
        try (var main =
                new Main(RunningConsole.config(Stores.fresh(), "redis://127.0.0.1:1"), Clock.systemUTC(), NOWHERE)) {
            assertThat(main.url().getPort()).isPositive();
        }
    }

    private static Main start(ConsoleConfig config) {
        return new Main(config, Clock.systemUTC(), NOWHERE);
    }

    private static ConsoleConfig config(Database.Access access, int port) {
        var any = RunningConsole.config(access, RedisServer.shared().url());
        return new ConsoleConfig(
                any.host(),
                port,
                access,
                any.redis(),
                any.peppers(),
                any.secrets(),
                any.gateway(),
                any.trustedProxies());
    }
}
