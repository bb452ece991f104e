package dev.gatehouse.deploy.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL on loopback, with a password. */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";
    private static @Nullable PostgresServer shared;

    private final Path home;
    private final int port;
    private final String password;
    private final boolean temporary;
    private final EmbeddedPostgres postgres;
    private final FolderLock lock;

    private PostgresServer(
            Path home, int port, String password, boolean temporary, EmbeddedPostgres postgres, FolderLock lock) {
        this.home = home;
        this.port = port;
        this.password = password;
        this.temporary = temporary;
        this.postgres = postgres;
        this.lock = lock;
    }

    /**
     * Keeps its data, and every commit.
     *
     * @param home its folder, made when missing: data, binaries, log, and the password (0600) drawn at first start
     */
    public static PostgresServer start(Path home, int port) {
        return start(Folders.writable(home), port, false);
    }

    /** For tests: a free port, a folder that goes with it, no waiting for the disk. */
    public static PostgresServer temporary() {
        return Folders.again(() -> start(Folders.temporary("postgres"), Folders.freePort(), true));
    }

    /** For tests: one temporary server for this JVM, ended with it. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = temporary();
            // it ends by itself, but would leave its folder: a gigabyte after many tests
            Runtime.getRuntime().addShutdownHook(new Thread(shared::vanish, "postgres-folder"));
        }
        return shared;
    }

    private void vanish() {
        var running = postmaster();
        closeQuietly();
        running.ifPresent(Processes::ended);
        Folders.delete(home);
    }

    private static PostgresServer start(Path home, int port, boolean temporary) {
        var data = home.resolve("data");
        var log = home.resolve("postgres.log");
        var lock = FolderLock.take(home);
        endLeftBehind(data);
        if (!Folders.isFree(port)) {
            lock.close();
            throw Folders.taken("PostgreSQL", port);
        }
        var secret = home.resolve("password");
        var password = password(secret);
        var sync = temporary ? "off" : "on";
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // Not the default, which is a folder in the world-writable temporary one.
                    .setOverrideWorkingDirectory(binaries(home, temporary).toFile())
                    .setServerConfig("fsync", sync)
                    .setServerConfig("synchronous_commit", "on") // also without fsync: then kill -9 loses nothing
                    .setServerConfig("full_page_writes", sync)
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", secret.toString())
                    .setConnectConfig("password", password)
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            return new PostgresServer(home, port, password, temporary, postgres, lock);
        } catch (IOException | IllegalStateException e) {
            lock.close();
            throw new ServerStartException(reason(e, home, log), e);
        }
    }

    /** The binaries take seconds to unpack, so all temporary servers of one user share them. */
    private static Path binaries(Path home, boolean temporary) {
        return temporary
                ? Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "gatehouse-postgres-bin-" + System.getProperty("user.name"))
                : home.resolve("bin");
    }

    private static String reason(Exception cause, Path home, Path log) {
        var text = String.valueOf(cause.getMessage());
        if (text.contains("failed") && !Files.exists(home.resolve("data/PG_VERSION"))) {
            return "PostgreSQL's initdb failed (" + text
                    + "). As root it needs to create a user namespace, which containers often forbid: run as an ordinary user, or set GATEHOUSE_DB_URL to a running PostgreSQL.";
        }
        return "PostgreSQL did not start: " + text + ". Its log is " + log + ".";
    }

    private static String password(Path file) {
        try {
            if (!Files.exists(file)) {
                var random = new byte[16];
                new SecureRandom().nextBytes(random);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ServerStartException("The password file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * After kill -9 a postmaster may live on, or its pid file may name a process that is somebody else's by now. The
     * first is ended; for the second only the file goes, since pg_ctl would signal that stranger.
     */
    private static void endLeftBehind(Path data) {
        var file = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return;
            }
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            Processes.running(pid, "postgres")
                    .filter(process -> worksIn(process, data))
                    .ifPresent(Processes::stop);
            Files.deleteIfExists(file);
        } catch (IOException | NumberFormatException e) {
            throw new ServerStartException(
                    "The stale file " + file + " cannot be read or removed: " + e.getMessage(), e);
        }
    }

    private static boolean worksIn(ProcessHandle process, Path data) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains(data.toString());
    }

    public String url() {
        return url("postgres");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The owner of everything. */
    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** @return its url */
    public String createDatabase(String name) {
        execute("create database \"" + name + "\"");
        return url(name);
    }

    /** A copy of another database, much faster than migrating a new one. @return its url */
    public String createDatabase(String name, String template) {
        execute("create database \"" + name + "\" template \"" + template + "\"");
        return url(name);
    }

    /** One statement as the owner. */
    public void execute(String sql) {
        try (var connection = DriverManager.getConnection(url(), USER, password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The postmaster's process id. */
    public long pid() {
        return postmaster()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"))
                .pid();
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            var file = home.resolve("data/postmaster.pid");
            return Files.exists(file)
                    ? Processes.running(
                            Long.parseLong(Files.readAllLines(file).getFirst().strip()), "postgres")
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code kill -9} of the postmaster; its children notice and end, before which no other can start on the same data.
     * Start it again with {@link #restart}.
     */
    public void kill() {
        var running = postmaster().orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"));
        var children = running.children().toList();
        running.destroyForcibly();
        Processes.ended(running);
        children.forEach(Processes::ended);
    }

    /** SIGSTOP of the postmaster: no new connection is answered. */
    public void pause() {
        Processes.signal("STOP", pid());
    }

    public void resume() {
        Processes.signal("CONT", pid());
    }

    /** A new process on the same data and port, after {@link #kill}. */
    public PostgresServer restart() {
        closeQuietly();
        return start(home, port, temporary);
    }

    @Override
    public void close() {
        closeQuietly();
        if (temporary) {
            Folders.delete(home);
        }
    }

    private void closeQuietly() {
        try {
            postgres.close();
        } catch (IOException | RuntimeException e) {
            // it was killed before: there is nothing left to stop
        }
        lock.close();
    }
}
