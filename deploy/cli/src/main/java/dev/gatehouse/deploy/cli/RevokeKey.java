package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = {
            "Revokes API keys; every node refuses them within seconds. All of them in one revision, or none.",
            "Only shortly afterwards it can be taken back, with --undo."
        })
final class RevokeKey implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "ID",
            arity = "1..*",
            description =
                    "A key's id, as listed; or the whole key, where it was found; - reads them from standard input, one a line.")
    private List<String> written = List.of();

    @Option(names = "--undo", description = "Takes a revocation back that is not older than ten minutes.")
    private boolean undo;

    @Mixin
    private Publishing publishing = new Publishing();

    RevokeKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var keys = new ArrayList<ApiKey>();
            for (var text : texts()) {
                keys.add(Keys.find(stores.keys(), List.of(), text));
            }
            var edits = keys.stream()
                    .map(key -> undo ? new Edit.RestoreKey(key.id()) : new Edit.RevokeKey(key.id()))
                    .map(Edit.class::cast)
                    .toList();
            switch (stores.configuration().publish(edits, publishing.author(""))) {
                case Publication.Published published ->
                    terminal.say("revision " + published.revision() + ": "
                            + told(keys, published.changes().size(), undo ? "is taken again" : "is revoked"));
                case Publication.Unchanged _ ->
                    terminal.say(told(keys, keys.size(), undo ? "is not revoked" : "was revoked already"));
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
            }
        }
        return ExitCode.OK;
    }

    private List<String> texts() {
        return written.equals(List.of("-"))
                ? new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : written;
    }

    private static String told(List<ApiKey> keys, int count, String what) {
        return keys.size() == 1
                ? "Key '" + keys.getFirst().name() + "' of '" + keys.getFirst().consumer() + "' " + what + "."
                : count + " of " + keys.size() + " keys: each " + what + ".";
    }
}
