package dev.gatehouse.node.authentication;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.fetch.Fetcher;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.identity.token.Issuers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A route that asks its callers for credentials, a table of keys, and what got through. */
final class Asking {

    static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");

    final HandMovedClock clock = new HandMovedClock();
    final KeyTable table = new KeyTable();
    final Consumers consumers = new Consumers();
    final Issuers issuers = new Issuers(new Fetcher(AddressRules.of(List.of())), Path.of("."), clock);
    final Credentials credentials =
            new Credentials(new Keys(table, PEPPER, clock), issuers, consumers, new Attempts(clock), clock);
    final List<Exchange> passed = new ArrayList<>();

    /** @param authentication as a route's settings have it */
    Filter filter(Map<String, ?> authentication) {
        return credentials.filter("users-api", route(Map.of("authentication", authentication)));
    }

    static Route route(Map<String, ?> settings) {
        var plain = new HashMap<String, Object>(settings);
        plain.put("match", Map.of("path", "/**"));
        plain.put("forward", Map.of("service", "users"));
        return Settings.read(Route.class, plain).orThrow();
    }

    /** @param fields as they are written: {@code X-API-Key: …} */
    Response ask(Filter filter, String target, String... fields) {
        return ask(filter, Exchanges.get(target, fields(fields)));
    }

    Response ask(Filter filter, Exchange exchange) {
        return filter.filter(exchange, through -> {
            passed.add(through);
            return new Response(200, new Headers(), Body.empty());
        });
    }

    static String[] fields(String... lines) {
        var headers = new ArrayList<String>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon));
            headers.add(line.substring(colon + 1).strip());
        }
        return headers.toArray(String[]::new);
    }

    /** A key that is in force for that consumer. */
    KeyText key(String consumer) {
        return key(consumer, KeyTerms.OPEN);
    }

    KeyText key(String consumer, KeyTerms terms) {
        var key = KeyText.create(terms.environment());
        table.apply(List.of(new HashedKey(key.id(), consumer, PEPPER.hash(key), 0, Long.MAX_VALUE, terms, false)));
        return key;
    }

    static HashedKey hashed(KeyText key, String consumer, long expiresAt, boolean revoked) {
        return new HashedKey(key.id(), consumer, PEPPER.hash(key), expiresAt, revoked);
    }
}
