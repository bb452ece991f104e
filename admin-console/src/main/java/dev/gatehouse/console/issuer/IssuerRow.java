package dev.gatehouse.console.issuer;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.credential.Discovery;
import dev.gatehouse.db.credential.KeySet;
import dev.gatehouse.db.credential.KeySetUrl;
import dev.gatehouse.db.credential.Opaque;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One issuer.
 *
 * @param routes names of those that take its tokens
 */
record IssuerRow(String name, Issuer entity, long revision, List<String> routes) implements Thing {

    static List<IssuerRow> of(Loaded loaded) {
        var snapshot = loaded.snapshot();
        return snapshot.issuers().entrySet().stream()
                .map(issuer -> new IssuerRow(
                        issuer.getKey(),
                        issuer.getValue(),
                        loaded.revisionOf(Kind.ISSUER, issuer.getKey()),
                        snapshot.routes().entrySet().stream()
                                .filter(route -> route.getValue()
                                        .authentication()
                                        .issuers()
                                        .containsValue(issuer.getKey()))
                                .map(Map.Entry::getKey)
                                .toList()))
                .toList();
    }

    String keys() {
        return switch (entity.keys()) {
            case Discovery discovery -> discovery.issuer();
            case KeySetUrl fetched -> fetched.url();
            case KeySet _ -> "fixed keys";
            case Opaque _ -> entity.introspection().url();
        };
    }

    String algorithms() {
        return entity.keys() instanceof Opaque
                ? "asked about each token"
                : entity.taken().stream().map(Algorithm::toString).collect(Collectors.joining(", "));
    }

    String usedBy() {
        return Cells.several("route", routes);
    }

    String searched() {
        return String.join(" ", name, keys(), String.join(" ", routes));
    }

    Impact impact() {
        return Impact.of(
                "routes",
                routes,
                "No route takes its tokens.",
                "These routes take its tokens. Delete or change them first:");
    }
}
