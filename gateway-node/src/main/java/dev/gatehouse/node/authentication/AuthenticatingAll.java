package dev.gatehouse.node.authentication;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.HashMap;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Every one of a route's credentials has to be shown, and all have to prove the same consumer. */
final class AuthenticatingAll implements Filter {

    private static final Rejection DIFFERENT =
            Rejection.of(Refusal.CONSUMERS_DIFFER, "Each credential must belong to the same consumer.");

    private final CredentialCheck[] checks;
    private final Refusing refusing;

    AuthenticatingAll(CredentialCheck[] checks, Refusing refusing) {
        this.checks = checks;
        this.refusing = refusing;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        Caller all = null;
        for (var check : checks) {
            switch (check.check(exchange)) {
                case Proof.Proven(var caller, var holds) -> {
                    if (all != null && !all.consumer().equals(caller.consumer())) {
                        return DIFFERENT.toResponse();
                    }
                    all = together(all, caller);
                    exchange.admittedWhile(holds);
                }
                case Proof.Absent _ -> {
                    return refusing.missing();
                }
                case Proof.Refused refused -> {
                    return refusing.refused(exchange, refused, check);
                }
            }
        }
        if (all != null) {
            exchange.caller(all);
        }
        Authenticating.remove(exchange, checks);
        return next.handle(exchange);
    }

    /** The first one names the credential; of a claim that both have, its value counts. */
    private static Caller together(@Nullable Caller first, Caller next) {
        if (first == null) {
            return next;
        }
        var scopes = new HashSet<>(first.scopes());
        scopes.addAll(next.scopes());
        var claims = new HashMap<>(next.claims());
        claims.putAll(first.claims());
        return new Caller(first.consumer(), first.keyId(), first.origin(), scopes, claims);
    }
}
