package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description =
                "Writes the whole configuration as a YAML file that apply reads. Of API keys it holds the names, never the keys; private keys only encrypted.")
final class Export implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Where to; without it, or with -, to standard output.")
    private String file = Input.STANDARD;

    Export(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var document = stores.applying().export();
            if (file.equals(Input.STANDARD)) {
                terminal.out().print(Yaml.write(document));
            } else {
                write(document);
            }
            return tellMissing(stores.reader().load().problems());
        }
    }

    private void write(Document document) {
        try {
            Files.writeString(Path.of(file), Yaml.write(document));
        } catch (IOException | InvalidPathException e) {
            throw FileTrouble.refused(file, "written", e);
        }
        int things = document.services().size()
                + document.routes().size()
                + document.consumers().size()
                + document.certificates().size()
                + document.apis().size()
                + document.clientTypes().size()
                + document.issuers().size()
                + document.logins().size()
                + document.signingKeys().size()
                + document.plans().size()
                + document.webhooks().size();
        terminal.note("Wrote " + (things == 1 ? "1 thing" : things + " things") + " to " + file + ".");
    }

    /** A file that lacks something must not pass for a whole one. */
    private int tellMissing(List<Problem> unreadable) {
        unreadable.forEach(problem -> terminal.note("Missing from the export: " + problem));
        return unreadable.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
