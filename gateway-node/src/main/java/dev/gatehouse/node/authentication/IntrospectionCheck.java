package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.ClaimRule;
import dev.gatehouse.db.credential.Introspection;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Claims;
import dev.gatehouse.node.identity.token.Issuers;
import dev.gatehouse.node.identity.token.Judgement;
import dev.gatehouse.node.identity.token.LiveIssuer;
import java.util.Collections;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A token about which its issuer is asked: RFC 7662. */
final class IntrospectionCheck implements CredentialCheck {

    private final Introspection settings;
    private final TokenField field;
    private final Issuers issuers;
    private final TokenCallers callers;
    private final ToLongFunction<Exchange> patience;

    /** @param patience how long the address has to wait until something is asked for it, in milliseconds */
    IntrospectionCheck(
            Introspection settings, Issuers issuers, Consumers consumers, ToLongFunction<Exchange> patience) {
        this.settings = settings;
        this.issuers = issuers;
        this.patience = patience;
        field = new TokenField(settings.header(), settings.passOn());
        callers = new TokenCallers(consumers);
    }

    @Override
    public Proof check(Exchange exchange) {
        var text = field.token(exchange.headers());
        if (text == null) {
            return Proof.ABSENT;
        }
        var issuer = issuers.find(settings.issuer());
        if (issuer == null) {
            return TokenCallers.UNKNOWN;
        }
        var judgement = issuer.askedLately(text);
        if (judgement == null) {
            long wait = patience.applyAsLong(exchange);
            if (wait > 0) {
                return new Proof.Refused(Refusing.tooMany(wait), "", false, true);
            }
            judgement = issuer.ask(text);
        }
        return switch (judgement) {
            case Judgement.Good good -> admitted(issuer, good);
            case Judgement.Bad(var reason, var fits) -> refused(reason, fits);
            case Judgement.Unknown _ -> TokenCallers.UNKNOWN;
        };
    }

    private Proof admitted(LiveIssuer issuer, Judgement.Good good) {
        var problem = problem(issuer, good);
        return problem == null ? callers.proven(issuer.settings(), good) : refused(problem, true);
    }

    private @Nullable String problem(LiveIssuer issuer, Judgement.Good good) {
        var token = good.token();
        var audiences = settings.audiences().isEmpty() ? issuer.settings().audiences() : settings.audiences();
        if (!audiences.isEmpty() && Collections.disjoint(audiences, token.audiences())) {
            return "is for another audience";
        }
        for (ClaimRule rule : settings.claims()) {
            if (!Claims.fulfil(token.claims(), rule)) {
                return "does not say what it must of '" + rule.name() + "'";
            }
        }
        return null;
    }

    private static Proof refused(String reason, boolean fits) {
        return new Proof.Refused(
                Rejection.of(Refusal.TOKEN_REFUSED, "The token " + reason + "."),
                "error=\"invalid_token\"",
                true,
                fits);
    }

    @Override
    public void remove(Exchange exchange) {
        field.remove(exchange.headers());
    }

    @Override
    public String challenge() {
        return BearerField.CHALLENGE;
    }

    @Override
    public String wanted() {
        return field.wanted();
    }
}
