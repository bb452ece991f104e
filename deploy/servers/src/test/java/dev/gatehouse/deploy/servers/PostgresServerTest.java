package dev.gatehouse.deploy.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void keepsItsDataAndPasswordOverARestart() throws Exception {
        int port = Folders.freePort();
        try (var server = PostgresServer.start(home, port)) {
            server.execute("create table kept (n int)");
            server.execute("insert into kept values (7)");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))))
                .isEqualTo("rw-------");
        try (var server = PostgresServer.start(home, port)) {
            assertThat(number(server, "select n from kept")).isEqualTo(7);
            assertThat(number(server, "select count(*)::int from pg_settings where name = 'fsync' and setting = 'on'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void startsAgainAfterKill() throws Exception {
        try (var server = PostgresServer.temporary()) {
            server.execute("create table kept (n int)");
            server.execute("insert into kept values (8)");
            server.kill();
            try (var again = server.restart()) {
                assertThat(number(again, "select n from kept")).isEqualTo(8);
            }
        }
    }

    @Test
    void leavesAStrangerAloneWhosePidAStaleFileNames() throws Exception {
        int port = Folders.freePort();
        PostgresServer.start(home, port).close();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    home.resolve("data/postmaster.pid"),
                    stranger.pid() + "\n" + home.resolve("data") + "\n1\n" + port + "\n\n127.0.0.1\n");
            try (var server = PostgresServer.start(home, port)) {
                assertThat(number(server, "select 1")).isEqualTo(1);
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (var server = PostgresServer.start(home, Folders.freePort())) {
            assertThatThrownBy(() -> PostgresServer.start(home, Folders.freePort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("in use by another Gatehouse");
            assertThat(server.pid()).isPositive();
        }
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PostgresServer.start(home, other.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("Port " + other.getLocalPort());
        }
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        var file = Files.createFile(home.resolve("file"));
        assertThatThrownBy(() -> PostgresServer.start(file.resolve("below"), Folders.freePort()))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void copiesADatabase() throws Exception {
        var server = PostgresServer.shared();
        var url = server.createDatabase("original");
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create table copied (n int)");
        }
        var copy = server.createDatabase("copy", "original");
        try (var connection = DriverManager.getConnection(copy, server.user(), server.password());
                var statement = connection.createStatement()) {
            assertThat(statement.execute("select * from copied")).isTrue();
        }
    }

    private static int number(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
