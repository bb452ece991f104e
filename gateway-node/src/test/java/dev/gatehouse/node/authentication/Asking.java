package dev.gatehouse.node.authentication;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.fetch.Fetcher;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.Identities;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.identity.Nonces;
import dev.gatehouse.node.identity.token.Issuers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A route that asks its callers for credentials, a table of keys, and what got through. */
final class Asking {

    static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");

    static final Secrets SECRETS = Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32]));

    final HandMovedClock clock = new HandMovedClock();
    final KeyTable table = new KeyTable();
    final Set<String> nonces = new HashSet<>();
    final Identities known = Identities.of(
            new Keys(table, PEPPER, clock),
            new Fetcher(AddressRules.of(List.of("127.0.0.0/8"))),
            Path.of("."),
            Nonces.with((key, _) -> told(key), clock),
            SECRETS,
            clock);
    final Consumers consumers = known.consumers();
    final Issuers issuers = known.issuers();
    final Credentials credentials = new Credentials(known, new Attempts(clock), clock);
    boolean redisAway;
    Handler service = _ -> new Response(500, new Headers(), Body.empty());
    final List<Exchange> passed = new ArrayList<>();

    /** @param authentication as a route's settings have it */
    Filter filter(Map<String, ?> authentication) {
        return credentials.filter(
                "users-api",
                route(Map.of("authentication", authentication)),
                _ -> exchange -> service.handle(exchange));
    }

    private boolean told(String key) {
        if (redisAway) {
            throw new IllegalStateException("away");
        }
        return nonces.add(key);
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
