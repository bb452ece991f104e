package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.environment.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How the commands explain themselves. */
final class Usage {

    private static final int WIDTH = 100;
    private static final String ENVIRONMENT = "environment";
    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            "0", "Done.", "1", "Refused or failed; nothing was saved.", "2", "Not understood; nothing was done."));
    private static final List<Variable> READ = List.of(
            Variable.GATEHOUSE_DB_URL,
            Variable.GATEHOUSE_DB_USER,
            Variable.GATEHOUSE_DB_PASSWORD,
            Variable.GATEHOUSE_KEY_PEPPER,
            Variable.GATEHOUSE_REDIS_URL,
            Variable.GATEHOUSE_SECRET_KEY);

    private Usage() {}

    static CommandLine configure(CommandLine root) {
        var usage = root.getCommandSpec().usageMessage();
        var sections = new ArrayList<>(usage.sectionKeys());
        sections.add(ENVIRONMENT);
        usage.sectionKeys(sections);
        usage.sectionMap().put(ENVIRONMENT, Usage::environment);
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(EXIT_CODES);
        return root.setUsageHelpWidth(WIDTH).setExpandAtFiles(false).setParameterExceptionHandler(Usage::explain);
    }

    private static String environment(Help help) {
        var variables = new LinkedHashMap<String, String>();
        READ.forEach(variable -> variables.put(
                variable.name(),
                variable.help() + (variable.fallback().isEmpty() ? "" : " Default: " + variable.fallback())));
        return "%nEnvironment (each also as NAME_FILE, the path of a file that holds the value):%n".formatted()
                + help.createTextTable(variables);
    }

    /** One line, and where to read more: the whole usage would push the reason out of sight. */
    private static int explain(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = Optional.ofNullable(Gatehouse.class.getPackage().getImplementationVersion());
            return new String[] {"gatehouse " + version.orElse("(unpackaged)") + ", Java " + Runtime.version()};
        }
    }
}
