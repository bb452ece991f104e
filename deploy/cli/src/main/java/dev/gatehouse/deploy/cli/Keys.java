package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.settings.Nearest;
import java.util.Collection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "keys", description = "Issues, lists and revokes API keys.", synopsisSubcommandLabel = "COMMAND")
final class Keys implements Runnable {

    private static final int MOST_NAMES = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    static Refused noConsumer(String name, Collection<String> known) {
        var some = known.stream().sorted().limit(MOST_NAMES).toList();
        return new Refused("There is no consumer '" + name + "'." + Nearest.hint(name, known)
                + (some.isEmpty()
                        ? " There is none at all yet: add one with apply or in the console."
                        : " Known: " + String.join(", ", some) + (some.size() < known.size() ? " and more" : "")
                                + "."));
    }
}
