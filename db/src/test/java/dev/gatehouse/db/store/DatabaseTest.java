package dev.gatehouse.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void opensWithoutAServerSaysSoAndRecovers() throws IOException {
        int port = freePort();
        Database.Access access;
        try (var server = PostgresServer.start(home, port)) {
            access = new Database.Access(server.url(), server.user(), server.password());
            Database.migrate(access);
        }
        try (var database = Database.open(access, 2)) {
            assertThat(database.trouble())
                    .startsWith("PostgreSQL cannot be used: ")
                    .contains("refused");
            try (var _ = PostgresServer.start(home, port)) {
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(database.trouble()).isEmpty());
                assertThat(new ConfigurationReader(database).version().revision())
                        .isZero();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void saysThatTheSchemaIsMissing() {
        try (var database = Database.open(FreshDatabase.bare(), 1)) {
            assertThat(database.trouble())
                    .isEqualTo("The database has no Gatehouse schema; run: deploy/gatehouse migrate");
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        var good = FreshDatabase.bare();
        try (var database = Database.open(new Database.Access(good.url(), good.user(), "wrong"), 1)) {
            assertThat(database.trouble())
                    .startsWith("PostgreSQL cannot be used: ")
                    .contains("password authentication failed for user \"postgres\"")
                    .doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgres://db/gatehouse", "jdbc:mysql://db/gatehouse"})
    void refusesAUrlThatIsNone(String url) {
        var access = new Database.Access(url, "me", "secret");
        assertThatThrownBy(() -> Database.open(access, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must look like jdbc:postgresql://host:5432/database");
    }

    @Test
    void keepsThePasswordOutOfLogs() {
        assertThat(new Database.Access("jdbc:postgresql://db/gatehouse", "me", "secret"))
                .hasToString("me@jdbc:postgresql://db/gatehouse");
    }
}
