package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "issue", description = "Issues an API key and prints it, this one time, alone on standard output.")
final class IssueKey implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "CONSUMER", description = "Whose key it is.")
    private String consumer = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Unique among the consumer's keys; without it key-1, key-2 and so on, the first that is free.")
    private String name = "";

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            converter = Expiry.class,
            description =
                    "After a time such as 30d or 12h, or at an instant such as 2030-01-31T12:00:00Z. Without it: never.")
    private Optional<Instant> expires = Optional.empty();

    @Mixin
    private Publishing publishing = new Publishing();

    IssueKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var pepper = installation.pepper();
        try (var stores = installation.open()) {
            var known = stores.reader().load().snapshot().consumers().keySet();
            if (!known.contains(consumer)) {
                throw Keys.noConsumer(consumer, known);
            }
            var given = name.isEmpty() ? freeName(stores.keys().all()) : name;
            var key = KeyText.create("live");
            var edit = KeyStore.edit(key, pepper, consumer, given, expires);
            switch (stores.configuration().publish(List.of(edit), publishing.author(""))) {
                case Publication.Published published -> tell(key, given, published.revision());
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
                case Publication.Unchanged _ -> throw new IllegalStateException("A new key changed nothing");
            }
        }
        return ExitCode.OK;
    }

    private void tell(KeyText key, String given, long revision) {
        terminal.say(key.text());
        terminal.note("Key '" + given + "' of '" + consumer + "', id " + key.id() + ", revision " + revision
                + ", expires " + expires.map(Instant::toString).orElse("never") + ". It is not shown again.");
    }

    private String freeName(List<ApiKey> keys) {
        var taken = keys.stream()
                .filter(key ->
                        key.consumer().equals(consumer) && key.revokedAt().isEmpty())
                .map(ApiKey::name)
                .collect(Collectors.toSet());
        return Stream.iterate(1, number -> number + 1)
                .map(number -> "key-" + number)
                .filter(candidate -> !taken.contains(candidate))
                .findFirst()
                .orElseThrow();
    }
}
