package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyUse;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Lists API keys, the newest first; never the keys themselves.",
        footer = {"", "Without --all those that are not revoked. USED is exact to the hour."})
final class ListKeys implements Callable<Integer> {

    private static final int AT_ONCE = 1_000;

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "CONSUMER", arity = "0..1", description = "Only the keys of this one.")
    private String consumer = "";

    @Option(names = "--all", description = "Revoked keys too.")
    private boolean all;

    @Option(
            names = "--find",
            paramLabel = "TEXT",
            description = "The beginning of an id, a name or a consumer; or a whole key that was found somewhere.")
    private String text = "";

    @Option(names = "--unused", description = "Only those in force that were not used for 30 days.")
    private boolean unused;

    @Option(names = "--expiring", description = "Only those that end within 14 days.")
    private boolean expiring;

    @Option(
            names = "--shared",
            description = "Only those that came from many addresses within the last hour, as Redis has it.")
    private boolean shared;

    @Option(names = "--pepper", paramLabel = "NUMBER", description = "Only those that this pepper hashed.")
    private Optional<Integer> pepper = Optional.empty();

    @Option(names = "--ids", description = "Nothing but the ids, as keys revoke - reads them.")
    private boolean ids;

    ListKeys(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var query = query();
            var found = found(stores.keys(), query).stream()
                    .filter(key -> all || key.revokedAt().isEmpty())
                    .toList();
            if (found.isEmpty() && !consumer.isEmpty()) {
                var known = stores.reader().load().snapshot().consumers().keySet();
                if (!known.contains(consumer) && stores.keys().count(KeyQuery.ALL.of(consumer), 1) == 0) {
                    throw Keys.noConsumer(consumer, known);
                }
            }
            print(found);
        }
        return ExitCode.OK;
    }

    private KeyQuery query() {
        var query = KeyQuery.ALL.of(consumer).text(text);
        if (unused || expiring) {
            query = query.because(unused ? KeyQuery.Concern.UNUSED : KeyQuery.Concern.EXPIRING);
        }
        if (pepper.isPresent()) {
            query = query.peppered(pepper.get());
        }
        return shared ? query.among(installation.sharedKeys()) : all ? query : query.unrevoked();
    }

    /** A whole key may also be one of another product: of that only its hash leads to it. */
    private List<ApiKey> found(KeyStore keys, KeyQuery query) {
        var found = new ArrayList<ApiKey>();
        List<ApiKey> page;
        do {
            page = keys.list(query, found.size(), AT_ONCE);
            found.addAll(page);
        } while (page.size() == AT_ONCE);
        if (found.isEmpty() && !text.isEmpty()) {
            keys.findText(text, installation.peppers().all()).ifPresent(found::add);
        }
        return found;
    }

    private void print(List<ApiKey> keys) {
        if (ids) {
            keys.forEach(key -> terminal.say(key.id()));
            return;
        }
        if (keys.isEmpty()) {
            terminal.note(all ? "There is no such key." : "There is no such key in force.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "CONSUMER", "NAME", "CREATED", "BY", "STATE", "FOR", "USED"));
        var now = Instant.now();
        keys.forEach(key -> rows.add(List.of(
                key.id(),
                key.consumer(),
                key.name(),
                second(key.createdAt()),
                key.createdBy(),
                state(key, now),
                Keys.terms(key.terms()),
                key.lastUse().map(ListKeys::used).orElse("never"))));
        Columns.of(rows).forEach(terminal::say);
    }

    private static String used(KeyUse use) {
        return second(use.at()) + " from " + use.address();
    }

    private static String state(ApiKey key, Instant now) {
        var replaced =
                key.replacedBy().map(successor -> ", replaced by " + successor).orElse("");
        return switch (key.state(now)) {
            case REVOKED -> "revoked " + second(key.revokedAt().orElseThrow());
            case EXPIRED -> "expired " + second(key.expiresAt().orElseThrow()) + replaced;
            case EARLY -> "valid from " + second(key.notBefore().orElseThrow());
            case IN_FORCE ->
                key.expiresAt().map(at -> "expires " + second(at)).orElse(KeyState.IN_FORCE.toString()) + replaced;
        };
    }

    static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
