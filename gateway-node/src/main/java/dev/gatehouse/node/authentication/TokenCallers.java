package dev.gatehouse.node.authentication;

import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Claims;
import dev.gatehouse.node.identity.token.Judgement;
import dev.gatehouse.node.identity.token.Token;
import java.util.List;

/**
 * Whose a token is: the consumer that its claim names, or the one that stands in for all others.
 *
 * @param consumers those there are
 */
record TokenCallers(Consumers consumers) {

    /** Whether it is good cannot be told: nobody passes, and nobody is to blame. */
    static final Proof UNKNOWN = new Proof.Refused(
            Rejection.of(Refusal.ISSUER_UNAVAILABLE, "Tokens of this kind cannot be checked now. Try again soon.")
                    .with("Retry-After", "5"),
            "",
            false,
            true);

    private static final Proof NOBODY = new Proof.Refused(
            Rejection.of(Refusal.CONSUMER_UNKNOWN, "The token is good, but belongs to no consumer here."),
            "",
            false,
            true);

    Proof proven(Issuer issuer, Judgement.Good good) {
        var token = good.token();
        var use = issuer.claims();
        for (var name : named(use.consumerClaim(), token)) {
            if (consumers.has(name)) {
                return proven(name, good);
            }
        }
        return use.consumer().isEmpty() ? NOBODY : proven(use.consumer(), good);
    }

    private static List<String> named(String claim, Token token) {
        return claim.isEmpty() ? List.of() : Claims.texts(Claims.value(token.claims(), claim));
    }

    private static Proof proven(String consumer, Judgement.Good good) {
        var token = good.token();
        var subject = token.claims().get("sub");
        return new Proof.Proven(
                new Caller(consumer, subject instanceof String text ? text : "token", token.scopes(), token.claims()),
                good.holds());
    }
}
