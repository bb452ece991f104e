package dev.gatehouse.deploy.ledger;

import dev.gatehouse.deploy.servers.ServerStartException;
import java.nio.file.Path;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** {@code deploy/ledger/run}, once everything is built. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // a person reads the terminal: sentences, no log lines
        LogManager.getLogManager().reset();
        var command = new CommandLine(new Options(Main::run));
        command.getCommandSpec().usageMessage().footer("", Options.footer());
        System.exit(command.execute(arguments));
    }

    private static int run(Options options) {
        var settings = options.settings();
        if (options.printConfiguration()) {
            System.out.print(settings.configuration(options.port()));
            return ExitCode.OK;
        }
        System.out.println(settings);
        var table = new Table(System.out);
        try (var run = run(settings, options.connections())) {
            // a signal ends everything that was started, too
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "stop-everything"));
            var verdict = options.gateways().isEmpty()
                    ? run.here(new Site(root(), options.logs()), options.events())
                    : run.elsewhere(options.gateways(), options.key(), options.port());
            if (!options.events().isEmpty()) {
                table.print(run.phases(options.events()));
            }
            table.print(settings, verdict);
            return verdict.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (LedgerException | ServerStartException e) {
            System.err.println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private static Run run(Settings settings, int connections) {
        return new Run(settings, connections, System.out);
    }

    private static Path root() {
        return Path.of(System.getProperty("gatehouse.root", "")).toAbsolutePath();
    }
}
