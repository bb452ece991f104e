package dev.gatehouse.console.identity;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.References;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;

/**
 * One signing key.
 *
 * @param uses a sentence for each route that signs with it
 */
record SigningKeyRow(String name, SigningKey entity, long revision, List<String> uses) implements Thing {

    static List<SigningKeyRow> of(Loaded loaded) {
        return loaded.snapshot().signingKeys().entrySet().stream()
                .map(key -> new SigningKeyRow(
                        key.getKey(),
                        key.getValue(),
                        loaded.revisionOf(Kind.SIGNING_KEY, key.getKey()),
                        References.to(Kind.SIGNING_KEY, key.getKey(), loaded.snapshot())))
                .toList();
    }

    String issuer() {
        return entity.issuer();
    }

    String usedBy() {
        return uses.isEmpty() ? "no route" : uses.size() == 1 ? "1 route" : uses.size() + " routes";
    }

    String searched() {
        return name + " " + issuer();
    }

    Impact impact() {
        return uses.isEmpty()
                ? Impact.only("Its public half is no longer published; services refuse tokens that it signed.")
                : new Impact(uses, List.of(), false);
    }
}
