package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Key;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Grant;
import dev.gatehouse.node.identity.Keys;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An API key. An unknown, a revoked and an expired one are answered alike. */
final class KeyCheck implements CredentialCheck {

    private static final Proof REFUSED = refused(false);
    private static final Proof REFUSED_KEY = refused(true);

    /** Only who holds the key learns of it, so that they know what to ask for. */
    private static final Proof ELSEWHERE = forbidden("The API key may not be used from this address.");

    private static final Proof OTHER_ROUTE = forbidden("The API key is not for this route.");

    private static final Proof OTHER_ENVIRONMENT =
            forbidden("The API key is of an environment whose keys are not taken here.");

    private final String route;
    private final Keys keys;
    private final Key where;
    private final Predicate<String> removed;

    /**
     * @param route on which it is asked for
     * @param shared whether another kind of credential may come as a bearer token too, which is then not ours to remove
     */
    KeyCheck(String route, Keys keys, Key where, boolean shared) {
        this.route = route;
        this.keys = keys;
        this.where = where;
        removed = shared
                ? text -> KeyText.read(text).isPresent() || keys.find(text).isPresent()
                : _ -> true;
    }

    private static Proof refused(boolean fits) {
        return new Proof.Refused(
                Rejection.of(Refusal.KEY_REFUSED, "The API key is not known here, or no longer valid."),
                "error=\"invalid_token\"",
                true,
                fits);
    }

    private static Proof forbidden(String reason) {
        return new Proof.Refused(Rejection.of(Refusal.KEY_NOT_ALLOWED, reason), "", false, true);
    }

    @Override
    public Proof check(Exchange exchange) {
        var inQuery = where.query().isEmpty() ? null : QueryCredential.take(exchange, where.query());
        return judged(exchange, sent(exchange, inQuery));
    }

    @Override
    public Proof known(Exchange exchange) {
        var inQuery = where.query().isEmpty() ? null : QueryCredential.read(exchange, where.query());
        return judged(exchange, sent(exchange, inQuery));
    }

    private Proof judged(Exchange exchange, @Nullable String sent) {
        if (sent == null) {
            return Proof.ABSENT;
        }
        var found = keys.find(sent);
        if (found.isEmpty()) {
            return KeyText.read(sent).isPresent() ? REFUSED_KEY : REFUSED;
        }
        var known = found.get();
        var grant = known.grant();
        if (!grant.admits(exchange.client().address())) {
            return ELSEWHERE;
        }
        if (!grant.opens(route)) {
            return OTHER_ROUTE;
        }
        if (!isOfEnvironment(grant)) {
            return OTHER_ENVIRONMENT;
        }
        return new Proof.Proven(
                new Caller(known.consumer(), known.id(), known.origin(), grant.scopes(), Map.of()),
                () -> keys.find(sent).filter(known::equals).isPresent());
    }

    private boolean isOfEnvironment(Grant grant) {
        return where.environments().isEmpty() || where.environments().contains(grant.environment());
    }

    /** The header decides where several hold one. */
    private @Nullable String sent(Exchange exchange, @Nullable String inQuery) {
        if (!where.header().isEmpty()) {
            var value = exchange.headers().first(where.header());
            if (value.isPresent() && !value.get().isBlank()) {
                return value.get().strip();
            }
        }
        var token = where.bearer() ? BearerField.token(exchange.headers()) : null;
        return token == null ? inQuery : token;
    }

    @Override
    public void remove(Exchange exchange) {
        if (!where.header().isEmpty()) {
            exchange.headers().remove(where.header());
        }
        if (where.bearer()) {
            BearerField.remove(exchange.headers(), removed);
        }
    }

    @Override
    public String challenge() {
        return where.bearer() ? BearerField.CHALLENGE : "ApiKey realm=\"gatehouse\"";
    }

    @Override
    public String wanted() {
        var ways = new StringBuilder("an API key");
        if (!where.header().isEmpty()) {
            ways.append(" in the ").append(where.header()).append(" header");
        }
        if (where.bearer()) {
            ways.append(where.header().isEmpty() ? " as" : ", or as").append(" Authorization: Bearer");
        }
        if (!where.query().isEmpty()) {
            ways.append(ways.length() > "an API key".length() ? ", or" : "")
                    .append(" in the query parameter ")
                    .append(where.query());
        }
        return ways.toString();
    }
}
