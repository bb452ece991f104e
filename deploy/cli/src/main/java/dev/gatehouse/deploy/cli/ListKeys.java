package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.model.ApiKey;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Lists API keys by consumer and name; never the keys themselves.")
final class ListKeys implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "CONSUMER", arity = "0..1", description = "Only the keys of this one.")
    private String consumer = "";

    @Option(names = "--all", description = "Revoked keys too.")
    private boolean all;

    ListKeys(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var keys = stores.keys().all();
            var known = stores.reader().load().snapshot().consumers().keySet();
            if (!consumer.isEmpty()
                    && !known.contains(consumer)
                    && keys.stream().noneMatch(key -> key.consumer().equals(consumer))) {
                throw Keys.noConsumer(consumer, known);
            }
            print(keys.stream()
                    .filter(key -> consumer.isEmpty() || key.consumer().equals(consumer))
                    .filter(key -> all || key.revokedAt().isEmpty())
                    .sorted(Comparator.comparing(ApiKey::consumer).thenComparing(ApiKey::name))
                    .toList());
        }
        return ExitCode.OK;
    }

    private void print(List<ApiKey> keys) {
        if (keys.isEmpty()) {
            terminal.note(all ? "There is no key." : "There is no key in force.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "CONSUMER", "NAME", "CREATED", "BY", "STATE"));
        var now = Instant.now();
        keys.forEach(key -> rows.add(List.of(
                key.id(), key.consumer(), key.name(), second(key.createdAt()), key.createdBy(), state(key, now))));
        Columns.of(rows).forEach(terminal::say);
    }

    private static String state(ApiKey key, Instant now) {
        return key.revokedAt()
                .map(at -> "revoked " + second(at))
                .or(() -> key.expiresAt().map(at -> (at.isAfter(now) ? "expires " : "expired ") + second(at)))
                .orElse("in force");
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
