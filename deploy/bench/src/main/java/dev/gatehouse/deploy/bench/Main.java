package dev.gatehouse.deploy.bench;

import dev.gatehouse.deploy.servers.ServerStartException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** {@code deploy/bench/run}, once everything is built. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // a person reads the terminal: sentences, no log lines
        LogManager.getLogManager().reset();
        System.exit(new CommandLine(new Options(Main::run)).execute(arguments));
    }

    private static int run(Options options) {
        try (var bench = new Bench(options)) {
            // a signal ends everything that was started, too
            Runtime.getRuntime().addShutdownHook(new Thread(bench::close, "stop-everything"));
            return bench.run(System.out) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (BenchException | ServerStartException e) {
            System.err.println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
