package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.model.KeyTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a key is for, and when: what is not said stays. An empty text takes a list away. */
final class KeyOptions {

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            split = ",",
            description =
                    "A route that it opens, and only that; again for more. Without any: all its consumer may use.")
    private List<String> routes = List.of();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "A scope that it grants, such as orders:read; again for more.")
    private List<String> scopes = List.of();

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            split = ",",
            description = "An address or a block from which it is taken, and only from there; again for more.")
    private List<String> addresses = List.of();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            converter = Expiry.class,
            description =
                    "After a time such as 30d or 12h, or at an instant such as 2030-01-31T12:00:00Z. Without it: never.")
    private Optional<Instant> expires = Optional.empty();

    @Option(
            names = "--not-before",
            paramLabel = "WHEN",
            converter = Expiry.class,
            description = "Refused until then: a time from now such as 2d, or an instant.")
    private Optional<Instant> notBefore = Optional.empty();

    KeyTerms terms(KeyTerms before, Optional<String> environment) {
        return new KeyTerms(
                environment.orElse(before.environment()),
                said(routes, before.routes()),
                said(scopes, before.scopes()),
                said(addresses, before.addresses()),
                routes.isEmpty() ? before.formerRoutes() : List.of());
    }

    private static List<String> said(List<String> given, List<String> before) {
        return given.isEmpty()
                ? before
                : given.stream().filter(text -> !text.isBlank()).toList();
    }

    Optional<Instant> expires() {
        return expires;
    }

    Optional<Instant> notBefore() {
        return notBefore;
    }
}
