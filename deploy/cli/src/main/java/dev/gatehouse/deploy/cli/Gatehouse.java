package dev.gatehouse.deploy.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line as a program, and as a method for other programs. */
@Command(
        name = "gatehouse",
        description = "Configures a Gatehouse installation.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Usage.Version.class)
public final class Gatehouse implements Runnable {

    private static final String DEBUG = "--debug";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "Show logs, and the stack trace of a failure.")
    private boolean debug;

    private Gatehouse() {}

    public static void main(String[] args) {
        if (!List.of(args).contains(DEBUG)) {
            LogManager.getLogManager().reset(); // a person reads this: sentences, no log lines
        }
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), System.in, out, err, args));
    }

    /**
     * Runs one command in this process; it reads nothing from standard input.
     *
     * @param environment the only configuration: {@code GATEHOUSE_DB_URL} and so on
     * @return 0 done, 1 refused, 2 not a command
     */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        return run(environment, InputStream.nullInputStream(), out, err, args);
    }

    static int run(Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine(new Installation(environment), new Terminal(in, out, err))
                .execute(args);
        err.flush();
        if (out.checkError()) {
            err.println("Standard output could not be written to its end.");
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        return code;
    }

    private static CommandLine commandLine(Installation installation, Terminal terminal) {
        var root = new Gatehouse();
        var keys = new CommandLine(new Keys())
                .addSubcommand(new IssueKey(installation, terminal))
                .addSubcommand(new ListKeys(installation, terminal))
                .addSubcommand(new ChangeKey(installation, terminal))
                .addSubcommand(new RotateKey(installation, terminal))
                .addSubcommand(new RevokeKey(installation, terminal))
                .addSubcommand(new ImportKeys(installation, terminal))
                .addSubcommand(new KeyPeppers(installation, terminal));
        var quotas = new CommandLine(new Quotas())
                .addSubcommand(new ListQuotas(installation, terminal))
                .addSubcommand(new GrantQuota(installation, terminal));
        var commandLine = new CommandLine(root)
                .addSubcommand(new Migrate(installation, terminal))
                .addSubcommand(new Apply(installation, terminal))
                .addSubcommand(new Export(installation, terminal))
                .addSubcommand(keys)
                .addSubcommand(quotas)
                .addSubcommand(new Reference(terminal))
                .addSubcommand(new Completion(terminal));
        return Usage.configure(commandLine)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler((failure, _, _) -> root.explain(failure, installation, terminal));
    }

    private int explain(Exception failure, Installation installation, Terminal terminal) {
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        Failure.lines(failure, installation).forEach(terminal::note);
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
