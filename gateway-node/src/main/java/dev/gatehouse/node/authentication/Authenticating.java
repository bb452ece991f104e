package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import org.jspecify.annotations.Nullable;

/** Any one of a route's credentials lets a caller pass; where none is shown, perhaps as somebody anonymous. */
final class Authenticating implements Filter {

    private final CredentialCheck[] checks;
    private final @Nullable Caller anonymous;
    private final Refusing refusing;

    Authenticating(CredentialCheck[] checks, Authentication settings, Refusing refusing) {
        this.checks = checks;
        anonymous = settings.anonymous().isEmpty() ? null : Caller.anonymous(settings.anonymous());
        this.refusing = refusing;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        Proof.Refused refused = null;
        CredentialCheck by = null;
        for (var check : checks) {
            switch (check.check(exchange)) {
                case Proof.Proven(var caller, var holds) -> {
                    exchange.caller(caller);
                    exchange.admittedWhile(holds);
                    remove(exchange, checks);
                    return next.handle(exchange);
                }
                case Proof.Absent _ -> {}
                case Proof.Refused other -> {
                    if (refused == null || (other.fits() && !refused.fits())) {
                        refused = other;
                        by = check;
                    }
                }
            }
        }
        if (refused != null && by != null) {
            return refusing.refused(exchange, refused, by);
        }
        if (anonymous == null) {
            return refusing.missing();
        }
        exchange.caller(anonymous);
        remove(exchange, checks);
        return next.handle(exchange);
    }

    /** All of them, not only what was proven: none is for the service to see. */
    static void remove(Exchange exchange, CredentialCheck[] checks) {
        for (var check : checks) {
            check.remove(exchange);
        }
    }
}
