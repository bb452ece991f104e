package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rotate",
        description = {
            "Issues a new key in the place of one that goes on for a while, and prints it alone on standard output.",
            "The new one has the name and the terms of the old one."
        })
final class RotateKey implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final Installation installation;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The key's id, as listed; or the whole key.")
    private String written = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            description =
                    "For how long the old key is still taken, such as 7d or 12h; 1d without it, 0s for not at all.")
    private String overlap = "1d";

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            converter = Expiry.class,
            description = "When the new key ends; without it never.")
    private Optional<Instant> expires = Optional.empty();

    @Mixin
    private Publishing publishing = new Publishing();

    RotateKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var span = Spans.read(overlap)
                .filter(time -> !time.isNegative() && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + overlap + "' is refused: must be a duration from 0s to 365d, such as 7d or 12h."));
        var peppers = installation.peppers();
        try (var stores = installation.open()) {
            var old = Keys.find(stores.keys(), peppers.all(), written);
            var key = KeyText.create(old.terms().environment());
            var until = Instant.now().plus(span).truncatedTo(ChronoUnit.SECONDS);
            var edits = KeyStore.rotation(old, key, peppers.newest(), until, expires);
            switch (stores.configuration().publish(edits, publishing.author(""))) {
                case Publication.Published published -> {
                    terminal.say(key.text());
                    terminal.note("Key '" + old.name() + "' of '" + old.consumer() + "', id " + key.id()
                            + ", revision " + published.revision() + ". The old one, " + old.id() + ", ends "
                            + old.replaced("", until).expiresAt().orElse(until) + ". It is not shown again.");
                }
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
                case Publication.Unchanged _ -> throw new IllegalStateException("A new key changed nothing");
            }
        }
        return ExitCode.OK;
    }
}
