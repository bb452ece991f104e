package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "issue",
        description = "Issues an API key and prints it, this one time, alone on standard output.",
        footer = {"", "With --count, each line is a name and its key: NAME-1, NAME-2 and so on."})
final class IssueKey implements Callable<Integer> {

    private static final int MOST_AT_ONCE = 10_000;

    private final Installation installation;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONSUMER", description = "Whose key it is.")
    private String consumer = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Unique among the consumer's keys; without it key-1, key-2 and so on, the first that is free.")
    private String name = "";

    @Option(names = "--count", paramLabel = "NUMBER", description = "Issue so many, in one revision.")
    private Optional<Integer> count = Optional.empty();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Stands in the key, such as test; live without it.")
    private String environment = KeyTerms.OPEN.environment();

    @Mixin
    private KeyOptions options = new KeyOptions();

    @Mixin
    private Publishing publishing = new Publishing();

    IssueKey(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        Format.ENVIRONMENT.problem(environment).ifPresent(this::misunderstood);
        if (count.filter(number -> number < 1 || number > MOST_AT_ONCE).isPresent()) {
            misunderstood("'" + count.get() + "' is refused: must be a number from 1 to " + MOST_AT_ONCE + ".");
        }
        var pepper = installation.peppers().newest();
        try (var stores = installation.open()) {
            var known = stores.reader().load().snapshot().consumers().keySet();
            if (!known.contains(consumer)) {
                throw Keys.noConsumer(consumer, known);
            }
            var keys = texts(names(stores.keys()));
            var edits = new ArrayList<Edit>();
            keys.forEach((given, key) -> edits.add(new Edit.AddKey(
                    key.id(),
                    consumer,
                    given,
                    pepper.hash(key),
                    options.terms(KeyTerms.OPEN, Optional.of(environment)),
                    options.notBefore(),
                    options.expires(),
                    false)));
            switch (stores.configuration().publish(edits, publishing.author(""))) {
                case Publication.Published published -> tell(keys, published.revision());
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
                case Publication.Unchanged _ -> throw new IllegalStateException("A new key changed nothing");
            }
        }
        return ExitCode.OK;
    }

    private void misunderstood(String problem) {
        throw new ParameterException(spec.commandLine(), problem);
    }

    private Map<String, KeyText> texts(List<String> names) {
        var keys = new LinkedHashMap<String, KeyText>();
        names.forEach(given -> keys.put(given, KeyText.create(environment)));
        return keys;
    }

    /** Those that were asked for, or the first that are free. */
    private List<String> names(KeyStore keys) {
        if (!name.isEmpty() && count.isEmpty()) {
            return List.of(name);
        }
        var taken = taken(keys);
        return Stream.iterate(1, number -> number + 1)
                .map(number -> (name.isEmpty() ? "key" : name) + "-" + number)
                .filter(candidate -> !taken.contains(candidate))
                .limit(count.orElse(1))
                .toList();
    }

    private Set<String> taken(KeyStore keys) {
        return keys.unrevoked(List.of(consumer)).stream()
                .filter(key -> key.replacedBy().isEmpty())
                .map(ApiKey::name)
                .collect(Collectors.toSet());
    }

    private void tell(Map<String, KeyText> keys, long revision) {
        var expires = ", expires " + options.expires().map(Instant::toString).orElse("never");
        if (count.isPresent()) {
            keys.forEach((given, key) -> terminal.say(given + " " + key.text()));
            terminal.note(keys.size() + " keys of '" + consumer + "', revision " + revision + expires
                    + ". They are not shown again.");
            return;
        }
        keys.forEach((given, key) -> {
            terminal.say(key.text());
            terminal.note("Key '" + given + "' of '" + consumer + "', id " + key.id() + ", revision " + revision
                    + expires + ". It is not shown again.");
        });
    }
}
