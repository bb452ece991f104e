package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.credential.ClaimRule;
import dev.gatehouse.db.credential.Jwt;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Claims;
import dev.gatehouse.node.identity.token.Issuers;
import dev.gatehouse.node.identity.token.Judgement;
import dev.gatehouse.node.identity.token.LiveIssuer;
import dev.gatehouse.node.identity.token.Token;
import java.util.Collections;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A signed token of an issuer. */
final class JwtCheck implements CredentialCheck {

    private static final String ERROR = "error=\"invalid_token\"";

    private final Jwt settings;
    private final TokenField field;
    private final Set<String> algorithms;
    private final Issuers issuers;
    private final TokenCallers callers;
    private final ToLongFunction<Exchange> patience;

    /** @param patience how long the address has to wait until something is verified for it, in milliseconds */
    JwtCheck(Jwt settings, Issuers issuers, Consumers consumers, ToLongFunction<Exchange> patience) {
        this.settings = settings;
        this.issuers = issuers;
        this.patience = patience;
        field = new TokenField(settings.header(), settings.passOn());
        callers = new TokenCallers(consumers);
        algorithms = settings.algorithms().stream().map(Algorithm::toString).collect(Collectors.toUnmodifiableSet());
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
        Judgement judgement = issuer.known(text);
        if (judgement == null) {
            long wait = patience.applyAsLong(exchange);
            if (wait > 0) {
                return new Proof.Refused(Refusing.tooMany(wait), "", false, true);
            }
            judgement = issuer.judge(text);
        }
        return switch (judgement) {
            case Judgement.Good good -> admitted(issuer, good);
            case Judgement.Bad(var reason, var fits) -> refused(reason, fits);
            case Judgement.Unknown _ -> TokenCallers.UNKNOWN;
        };
    }

    private Proof admitted(LiveIssuer issuer, Judgement.Good good) {
        var problem = problem(issuer, good.token());
        return problem == null ? callers.proven(issuer.settings(), good) : refused(problem, true);
    }

    private @Nullable String problem(LiveIssuer issuer, Token token) {
        if (!algorithms.isEmpty() && !algorithms.contains(token.algorithm())) {
            return "is signed in a way that is not taken";
        }
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
                ERROR + ", error_description=\"The token " + reason.replace("\"", "'") + "\"",
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
