package dev.gatehouse.deploy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(
        name = "migrate",
        description =
                "Creates the database schema or brings it up to date. GATEHOUSE_DB_USER must own the schema. Repeating it is harmless.")
final class Migrate implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    Migrate(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int applied = installation.migrate();
        terminal.say(
                switch (applied) {
                    case 0 -> "The schema is up to date.";
                    case 1 -> "1 migration applied.";
                    default -> applied + " migrations applied.";
                });
        return ExitCode.OK;
    }
}
