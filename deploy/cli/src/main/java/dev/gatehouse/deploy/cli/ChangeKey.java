package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "change",
        description = {
            "Changes what a key is for, or when it ends; its text stays. What is not said stays as it is.",
            "An empty list, as in --route '', takes all of it away."
        })
final class ChangeKey implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The key's id, as listed; or the whole key.")
    private String written = "";

    @Option(names = "--never-expires", description = "Takes its end away.")
    private boolean neverExpires;

    @Mixin
    private KeyOptions options = new KeyOptions();

    @Mixin
    private Publishing publishing = new Publishing();

    ChangeKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var key = Keys.find(stores.keys(), installation.peppers().all(), written);
            var edit = new Edit.ChangeKey(
                    key.id(),
                    options.terms(key.terms(), Optional.empty()),
                    options.notBefore().or(key::notBefore),
                    neverExpires ? Optional.empty() : options.expires().or(key::expiresAt),
                    key.revision());
            switch (stores.configuration().publish(List.of(edit), publishing.author(""))) {
                case Publication.Published published -> {
                    terminal.say("revision " + published.revision() + ": Key '" + key.name() + "' of '" + key.consumer()
                            + "' is changed.");
                    published
                            .changes()
                            .forEach(change -> Difference.between(
                                            change.before().orElse(Map.of()),
                                            change.after().orElse(Map.of()))
                                    .forEach(line -> terminal.say("  " + line)));
                }
                case Publication.Unchanged _ -> terminal.say("Nothing changed.");
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
            }
        }
        return ExitCode.OK;
    }
}
