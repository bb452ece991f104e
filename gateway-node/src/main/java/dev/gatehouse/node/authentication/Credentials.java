package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.db.credential.Credential;
import dev.gatehouse.db.credential.Jwt;
import dev.gatehouse.db.credential.Key;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.identity.token.Issuers;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * From what a route asks of its callers to the filter that asks it.
 *
 * @param keys all API keys in force
 * @param issuers whose tokens are taken
 * @param consumers whom credentials may belong to
 * @param attempts refused credentials by address, over all routes
 * @param clock tells what is in force
 */
public record Credentials(Keys keys, Issuers issuers, Consumers consumers, Attempts attempts, InstantSource clock) {

    /** One that takes API keys alone. */
    public Credentials(Keys keys, Attempts attempts) {
        this(keys, Issuers.none(), new Consumers(), attempts, InstantSource.system());
    }

    /** What lets callers of that route pass, or takes our keys out where everybody may. */
    public Filter filter(String name, Route route) {
        if (route.isPublic()) {
            return new KeyRemoval();
        }
        var settings = route.authentication();
        var checks = checks(name, settings);
        var refusing = new Refusing(checks, settings, attempts);
        return switch (settings.need()) {
            case ANY -> new Authenticating(checks, settings, refusing);
            case ALL -> new AuthenticatingAll(checks, refusing);
        };
    }

    /** Makes of a refusal one that says what could help: the challenges of that route. */
    public UnaryOperator<Rejection> challenges(String name, Route route) {
        var settings = route.authentication();
        return new Refusing(checks(name, settings), settings, attempts)::unauthorized;
    }

    private CredentialCheck[] checks(String name, Authentication settings) {
        var taken = settings.taken();
        boolean shared = taken.stream().filter(Credentials::comesAsBearer).count() > 1;
        return taken.stream()
                .map(credential -> check(name, credential, shared, settings))
                .toArray(CredentialCheck[]::new);
    }

    /** Who holds the key among the fields, whether or not a route asks for one. */
    public Optional<Caller> holder(Headers headers) {
        return KeyRemoval.key(headers).flatMap(keys::find).map(known -> new Caller(known.consumer(), known.id()));
    }

    private static boolean comesAsBearer(Credential credential) {
        return switch (credential) {
            case Jwt _ -> true;
            case Key key -> key.bearer();
        };
    }

    private CredentialCheck check(String route, Credential credential, boolean shared, Authentication settings) {
        ToLongFunction<Exchange> patience =
                exchange -> attempts.wait(exchange.client().address(), settings.refusedAttempts());
        return switch (credential) {
            case Jwt jwt -> new JwtCheck(jwt, issuers, consumers, patience);
            case Key key -> new KeyCheck(route, keys, key, shared);
        };
    }
}
