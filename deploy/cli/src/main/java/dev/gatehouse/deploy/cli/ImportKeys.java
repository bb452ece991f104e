package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Takes over keys of another product, of which only the SHA-256 is known: their holders go on with them.",
            "Each line is SHA256,CONSUMER,NAME, the SHA-256 in hexadecimal of the whole key as it is sent.",
            "Every ten thousand lines are one revision."
        })
final class ImportKeys implements Callable<Integer> {

    private static final int AT_ONCE = 10_000;
    private static final int PARTS = 3;
    private static final int HEX = 64;

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The lines; - reads standard input.")
    private String file = "";

    @Mixin
    private KeyOptions options = new KeyOptions();

    @Mixin
    private Publishing publishing = new Publishing();

    ImportKeys(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var edits = read(installation.peppers().newest());
        try (var stores = installation.open()) {
            for (int from = 0; from < edits.size(); from += AT_ONCE) {
                var some = edits.subList(from, Math.min(from + AT_ONCE, edits.size()));
                switch (stores.configuration().publish(some, publishing.author("keys of another product"))) {
                    case Publication.Published published ->
                        terminal.say("revision " + published.revision() + ": " + some.size() + " keys imported");
                    case Publication.Refused refused -> {
                        if (from > 0) {
                            terminal.note("The first " + from + " lines are imported, the following are not.");
                        }
                        throw Refused.because(refused);
                    }
                    case Publication.Conflict conflict -> throw Refused.because(conflict);
                    case Publication.Unchanged _ -> throw new IllegalStateException("New keys changed nothing");
                }
            }
        }
        return ExitCode.OK;
    }

    private List<Edit> read(Pepper pepper) {
        var edits = new ArrayList<Edit>();
        try (var lines = new BufferedReader(open())) {
            int number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    edits.add(edit(pepper, line.strip(), number));
                }
            }
        } catch (IOException e) {
            throw new Refused("'" + file + "' cannot be read: " + e);
        }
        if (edits.isEmpty()) {
            throw new Refused("There is no line in it.");
        }
        return edits;
    }

    private Reader open() throws IOException {
        return file.equals("-")
                ? new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)
                : Files.newBufferedReader(Path.of(file));
    }

    /** The text of an imported key is not ours, so its public id is drawn. */
    private Edit edit(Pepper pepper, String line, int number) {
        var parts = line.split(",", -1);
        if (parts.length != PARTS || parts[0].length() != HEX) {
            throw new Refused(
                    "Line " + number + " is refused: must be SHA256,CONSUMER,NAME with 64 hexadecimal digits.");
        }
        byte[] sha256;
        try {
            sha256 = HexFormat.of().parseHex(parts[0]);
        } catch (IllegalArgumentException e) {
            throw new Refused("Line " + number + " is refused: the SHA-256 has another character than 0-9 and a-f.");
        }
        return new Edit.AddKey(
                KeyText.create(KeyTerms.OPEN.environment()).id(),
                parts[1].strip(),
                parts[2].strip(),
                pepper.hashImported(sha256),
                options.terms(KeyTerms.OPEN, Optional.empty()),
                options.notBefore(),
                options.expires(),
                true);
    }
}
