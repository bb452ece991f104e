package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Nearest;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = "Issues, lists, changes, rotates, revokes and imports API keys.",
        synopsisSubcommandLabel = "COMMAND")
final class Keys implements Runnable {

    private static final int MOST_NAMES = 20;
    private static final int SOME = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    /**
     * By its id or its whole text.
     *
     * @param peppers by which one of another product is found; none: only ours are
     */
    static ApiKey find(KeyStore keys, Collection<Pepper> peppers, String written) {
        var id = KeyText.read(written).map(KeyText::id).orElse(written);
        return keys.find(id)
                .or(() -> peppers.isEmpty() ? Optional.empty() : keys.findText(written, peppers))
                .orElseThrow(() -> {
                    var some = keys.list(KeyQuery.ALL, 0, SOME).stream()
                            .map(ApiKey::id)
                            .toList();
                    return new Refused("There is no key '" + id + "'." + Nearest.hint(id, some)
                            + " All are listed by: gatehouse keys list");
                });
    }

    /** What a key is for, in a few words. */
    static String terms(KeyTerms terms) {
        var words = new ArrayList<String>();
        if (!terms.environment().equals(KeyTerms.OPEN.environment())) {
            words.add(terms.environment());
        }
        if (!terms.routes().isEmpty()) {
            words.add("routes " + String.join(",", terms.routes()));
        }
        if (terms.opensNothing()) {
            words.add("no route since " + String.join(",", terms.formerRoutes()) + " went");
        }
        if (!terms.scopes().isEmpty()) {
            words.add("scopes " + String.join(",", terms.scopes()));
        }
        if (!terms.addresses().isEmpty()) {
            words.add("from " + String.join(",", terms.addresses()));
        }
        return words.isEmpty() ? "all routes" : String.join(" ", words);
    }

    static Refused noConsumer(String name, Collection<String> known) {
        var some = known.stream().sorted().limit(MOST_NAMES).toList();
        return new Refused("There is no consumer '" + name + "'." + Nearest.hint(name, known)
                + (some.isEmpty()
                        ? " There is none at all yet: add one with apply or in the console."
                        : " Known: " + String.join(", ", some) + (some.size() < known.size() ? " and more" : "")
                                + "."));
    }
}
