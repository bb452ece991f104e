package dev.gatehouse.deploy.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "reference",
        description =
                "Explains the YAML file, the refusals and the environment variables, as Markdown. Asks no database.")
final class Reference implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..1",
            completionCandidates = Topics.class,
            description = "Only this: ${COMPLETION-CANDIDATES}.")
    private String topic = "";

    Reference(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (topic.isEmpty()) {
            terminal.out().print(ReferencePage.whole());
            return ExitCode.OK;
        }
        var sections = ReferencePage.sections();
        var section = sections.get(topic);
        if (section == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no topic '" + topic + "'. Topics: " + String.join(", ", sections.keySet()) + ".");
        }
        terminal.out().print(section);
        return ExitCode.OK;
    }

    /** What the definitions name. */
    static final class Topics implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.copyOf(ReferencePage.sections().keySet()).iterator();
        }
    }
}
