package dev.gatehouse.console;

import dev.gatehouse.console.server.Parts;
import dev.gatehouse.console.server.WebServer;
import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.store.Database;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import org.flywaydb.core.api.FlywayException;

/** Starts the console: the schema is brought up to date, then the doors open. */
public final class Main implements AutoCloseable {

    private final Connections connections;
    private final WebServer server;

    /** @param out where the first password is told, once */
    Main(ConsoleConfig config, Clock clock, PrintStream out) {
        migrate(config.database());
        connections = new Connections(config, clock);
        var console = connections.console();
        try {
            server = WebServer.start(
                    config.host(), config.port(), config.trustedProxies(), Parts.of(console), console.accounts());
        } catch (IllegalStateException e) {
            connections.close();
            throw e;
        }
        // Only now: a password told by a console that then fails to start would be lost.
        console.accounts().createFirst().ifPresent(password -> out.println("GATEHOUSE_FIRST_PASSWORD=" + password));
    }

    public static void main(String[] arguments) {
        Logging.set();
        try {
            var main = new Main(ConsoleConfig.of(Environment.read(System.getenv())), Clock.systemUTC(), System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(main::close, "stop"));
            System.out.println("Gatehouse console on " + main.url());
        } catch (Environment.Invalid | IllegalStateException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** A user who may not migrate is fine as long as there is nothing to be migrated. */
    private static void migrate(Database.Access access) {
        try {
            Database.migrate(access);
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "The database " + access + " is not ready: " + firstLine(e)
                            + " If it lacks the newest schema, run deploy/gatehouse migrate as its owner.",
                    e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    }

    URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        connections.close();
    }
}
