package dev.gatehouse.deploy.local;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.deploy.servers.ServerStartException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** {@code deploy/run}, once everything is built. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // a person reads the terminal: sentences, no log lines
        LogManager.getLogManager().reset();
        System.exit(new CommandLine(new Options(Main::run)).execute(arguments));
    }

    /** Returns when the platform has ended by itself; a signal ends it through its shutdown hook. */
    private static int run(Options options) {
        var platform = new Platform(options);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop-everything"));
        try {
            platform.start();
            if (!options.once()) {
                platform.await();
            }
            return ExitCode.OK;
        } catch (StartException | ServerStartException | Environment.Invalid e) {
            if (!platform.isClosed()) {
                System.err.println();
                System.err.println(e.getMessage());
            }
            return ExitCode.SOFTWARE;
        }
    }
}
