package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.db.credential.Basic;
import dev.gatehouse.db.credential.ClientCertificate;
import dev.gatehouse.db.credential.Credential;
import dev.gatehouse.db.credential.ForwardAuth;
import dev.gatehouse.db.credential.Introspection;
import dev.gatehouse.db.credential.Jwt;
import dev.gatehouse.db.credential.Key;
import dev.gatehouse.db.credential.Signature;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Identities;
import dev.gatehouse.node.identity.Keys;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * From what a route asks of its callers to the filter that asks it.
 *
 * @param known who may be calling
 * @param attempts refused credentials by address, over all routes
 * @param clock tells what is in force
 */
public record Credentials(Identities known, Attempts attempts, InstantSource clock) {

    /** Never asked: it stands where only what is wanted counts. */
    private static final Handler NOBODY = _ -> {
        throw new IllegalStateException("no service is asked here");
    };

    /** One that takes API keys alone. */
    public Credentials(Keys keys, Attempts attempts) {
        this(Identities.of(keys), attempts, InstantSource.system());
    }

    /**
     * What lets callers of that route pass, or takes our keys out where everybody may.
     *
     * @param services makes what asks a service, by its name
     */
    public Filter filter(String name, Route route, Function<String, Handler> services) {
        if (route.isPublic()) {
            return new KeyRemoval();
        }
        var settings = route.authentication();
        var checks = checks(name, settings, services);
        var refusing = new Refusing(checks, settings, attempts);
        return switch (settings.need()) {
            case ANY -> new Authenticating(checks, settings, refusing);
            case ALL -> new AuthenticatingAll(checks, refusing);
        };
    }

    /** Makes of a refusal one that says what could help: the challenges of that route. */
    public UnaryOperator<Rejection> challenges(String name, Route route) {
        var settings = route.authentication();
        return new Refusing(checks(name, settings, _ -> NOBODY), settings, attempts)::unauthorized;
    }

    /**
     * Finds which consumer calls that route, as far as it is known before anything is spent on a request: a key or a client
     * certificate is looked up, a token or a password must have been verified lately; a signature, and what another service
     * decides, never is.
     */
    public Function<Exchange, Optional<String>> consumers(String name, Route route) {
        if (route.isPublic()) {
            return exchange -> holder(exchange.headers()).map(Caller::consumer);
        }
        var settings = route.authentication();
        return new KnownConsumer(List.of(checks(name, settings, _ -> NOBODY)), settings.anonymous());
    }

    private CredentialCheck[] checks(String name, Authentication settings, Function<String, Handler> services) {
        var taken = settings.taken();
        boolean shared = taken.stream().filter(Credentials::comesAsBearer).count() > 1;
        return taken.stream()
                .map(credential -> check(name, credential, shared, settings, services))
                .toArray(CredentialCheck[]::new);
    }

    /** Who holds the key among the fields, whether or not a route asks for one. */
    public Optional<Caller> holder(Headers headers) {
        return KeyRemoval.key(headers)
                .flatMap(known.keys()::find)
                .map(known -> new Caller(known.consumer(), known.id()));
    }

    private static boolean comesAsBearer(Credential credential) {
        return switch (credential) {
            case ForwardAuth _, Introspection _, Jwt _ -> true;
            case Key key -> key.bearer();
            case Basic _, ClientCertificate _, Signature _ -> false;
        };
    }

    private CredentialCheck check(
            String route,
            Credential credential,
            boolean shared,
            Authentication settings,
            Function<String, Handler> services) {
        ToLongFunction<Exchange> patience =
                exchange -> attempts.wait(exchange.client().address(), settings.refusedAttempts());
        return switch (credential) {
            case Key key -> new KeyCheck(route, known.keys(), key, shared);
            case Jwt jwt -> new JwtCheck(jwt, known.issuers(), known.consumers(), patience);
            case Introspection asked -> new IntrospectionCheck(asked, known.issuers(), known.consumers(), patience);
            case Basic basic -> new BasicCheck(basic, known.passwords(), patience);
            case ClientCertificate _ -> new CertificateCheck(known.logins());
            case Signature signature -> new SignatureCheck(signature, known.logins(), known.nonces(), clock);
            case ForwardAuth asked -> new ForwardAuthCheck(asked, services.apply(asked.service()), known.consumers());
        };
    }
}
