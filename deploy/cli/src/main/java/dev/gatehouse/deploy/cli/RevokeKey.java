package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.settings.Nearest;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Revokes an API key for good; every node refuses it within seconds.")
final class RevokeKey implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The key's id, as listed; or the whole key, where it was found.")
    private String written = "";

    @Mixin
    private Publishing publishing = new Publishing();

    RevokeKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var id = KeyText.read(written).map(KeyText::id).orElse(written);
        try (var stores = installation.open()) {
            var keys = stores.keys().all();
            var key = keys.stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refused("There is no key '" + id + "'."
                            + Nearest.hint(id, keys.stream().map(ApiKey::id).toList())
                            + " All are listed by: gatehouse keys list"));
            var name = "Key '" + key.name() + "' of '" + key.consumer() + "'";
            switch (stores.configuration().publish(List.of(new Edit.RevokeKey(id)), publishing.author(""))) {
                case Publication.Published published ->
                    terminal.say("revision " + published.revision() + ": " + name + " is revoked.");
                case Publication.Unchanged _ -> terminal.say(name + " was revoked already.");
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
            }
        }
        return ExitCode.OK;
    }
}
