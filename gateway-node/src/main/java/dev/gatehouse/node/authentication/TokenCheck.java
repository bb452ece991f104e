package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.ClaimRule;
import dev.gatehouse.db.credential.TokenTerms;
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
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A token that an issuer answers for. How it does is said by the kinds of it. */
abstract sealed class TokenCheck extends CostlyCheck permits JwtCheck, IntrospectionCheck {

    private final TokenTerms terms;
    private final TokenField field;
    private final Issuers issuers;
    private final TokenCallers callers;

    /** @param patience how long the address has to wait until a token is judged for it, in milliseconds */
    TokenCheck(TokenTerms terms, Issuers issuers, Consumers consumers, ToLongFunction<Exchange> patience) {
        super(patience);
        this.terms = terms;
        this.issuers = issuers;
        field = new TokenField(terms.header(), terms.passOn());
        callers = new TokenCallers(consumers);
    }

    /** What is known of it already; null when it has to be judged. */
    abstract @Nullable Judgement known(LiveIssuer issuer, String text);

    abstract Judgement judge(LiveIssuer issuer, String text);

    /** What is wrong with one that its issuer takes; null when nothing is. */
    @Nullable
    String problem(Token token) {
        return null;
    }

    /** Of the challenge, for a token that is refused. */
    abstract String parameters(String reason);

    @Override
    public final @Nullable Proof known(Exchange exchange) {
        var text = field.token(exchange.headers());
        if (text == null) {
            return Proof.ABSENT;
        }
        var issuer = issuers.find(terms.issuer());
        if (issuer == null) {
            return TokenCallers.UNKNOWN;
        }
        var judgement = known(issuer, text);
        return judgement == null ? null : proof(issuer, judgement);
    }

    @Override
    final Proof judge(Exchange exchange) {
        var text = field.token(exchange.headers());
        var issuer = issuers.find(terms.issuer());
        return text == null || issuer == null ? TokenCallers.UNKNOWN : proof(issuer, judge(issuer, text));
    }

    private Proof proof(LiveIssuer issuer, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Good good -> admitted(issuer, good);
            case Judgement.Bad(var reason, var fits) -> refused(reason, fits);
            case Judgement.Unknown _ -> TokenCallers.UNKNOWN;
        };
    }

    private Proof admitted(LiveIssuer issuer, Judgement.Good good) {
        var problem = problem(good.token());
        if (problem == null) {
            problem = unwanted(issuer, good.token());
        }
        return problem == null ? callers.proven(issuer.settings(), good) : refused(problem, true);
    }

    private @Nullable String unwanted(LiveIssuer issuer, Token token) {
        var audiences = terms.audiences().isEmpty() ? issuer.settings().audiences() : terms.audiences();
        if (!audiences.isEmpty() && Collections.disjoint(audiences, token.audiences())) {
            return "is for another audience";
        }
        for (ClaimRule rule : terms.claims()) {
            if (!Claims.fulfil(token.claims(), rule)) {
                return "does not say what it must of '" + rule.name() + "'";
            }
        }
        return null;
    }

    private Proof refused(String reason, boolean fits) {
        return new Proof.Refused(
                Rejection.of(Refusal.TOKEN_REFUSED, "The token " + reason + "."), parameters(reason), true, fits);
    }

    @Override
    public final void remove(Exchange exchange) {
        field.remove(exchange.headers());
    }

    @Override
    public final String challenge() {
        return BearerField.CHALLENGE;
    }

    @Override
    public final String wanted() {
        return field.wanted();
    }
}
