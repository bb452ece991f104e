package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.document.Applying.Applied;
import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = {
            "Creates and changes what a YAML file names, all of it as one revision or nothing.",
            "What the file says is explained by: gatehouse reference"
        })
final class Apply implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The YAML file; - reads standard input.")
    private String file = "";

    @Option(names = "--prune", description = "Also delete what the file does not name, and revoke such keys.")
    private boolean prune;

    @Option(names = "--dry-run", description = "Show what would change, and write nothing.")
    private boolean dryRun;

    @Mixin
    private Publishing publishing = new Publishing();

    Apply(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var input = Input.read(file, terminal.in());
        var parsed = Yaml.read(input.text());
        var document = parsed.document();
        if (document == null) {
            throw refused(input, parsed.problems());
        }
        if (prune && parsed.lines().isEmpty()) {
            throw new Refused(input.name() + " is empty: --prune would delete everything. If that is meant, write: "
                    + Definition.of(Document.class).fields().getFirst().name() + ": {}");
        }
        try (var stores = installation.open()) {
            var applied = dryRun
                    ? new Applied(stores.applying().preview(document, prune), Map.of())
                    : stores.applying()
                            .apply(
                                    document,
                                    prune,
                                    publishing.author("applied " + input.name()),
                                    () -> installation.peppers().newest());
            switch (applied.publication()) {
                case Publication.Published published -> tell(published, applied);
                case Publication.Unchanged unchanged ->
                    terminal.say("Nothing changed: revision " + unchanged.revision() + " says all of this already.");
                case Publication.Refused refused -> throw refused(input, parsed.locate(refused.problems()));
                case Publication.Conflict conflict -> throw Refused.because(conflict);
            }
        }
        return ExitCode.OK;
    }

    private void tell(Publication.Published published, Applied applied) {
        terminal.say((dryRun ? "would be " : "") + "revision " + published.revision() + ": "
                + Summary.counts(published.changes()));
        Summary.lines(published.changes()).forEach(terminal::say);
        if (dryRun) {
            terminal.note("Nothing was written.");
        }
        if (!applied.issued().isEmpty()) {
            terminal.say("New keys, shown only this once:");
            applied.issued().forEach((name, key) -> terminal.say("  " + name + "  " + key.text()));
        }
    }

    private static Refused refused(Input input, List<Yaml.At> problems) {
        var lines = new ArrayList<String>();
        for (var at : problems) {
            lines.add(input.name() + ":" + (at.line() > 0 ? at.line() + ":" : "") + " " + at.problem());
        }
        lines.add("Nothing was saved: " + (problems.size() == 1 ? "1 problem." : problems.size() + " problems."));
        return new Refused(lines);
    }
}
