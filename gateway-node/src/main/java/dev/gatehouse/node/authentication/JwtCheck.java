package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.credential.Jwt;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Issuers;
import dev.gatehouse.node.identity.token.Judgement;
import dev.gatehouse.node.identity.token.LiveIssuer;
import dev.gatehouse.node.identity.token.Token;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A signed token of an issuer. */
final class JwtCheck extends TokenCheck {

    private final Set<String> algorithms;

    /** @param patience how long the address has to wait until something is verified for it, in milliseconds */
    JwtCheck(Jwt settings, Issuers issuers, Consumers consumers, ToLongFunction<Exchange> patience) {
        super(settings.terms(), issuers, consumers, patience);
        algorithms = settings.algorithms().stream().map(Algorithm::toString).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    @Nullable
    Judgement known(LiveIssuer issuer, String text) {
        return issuer.known(text);
    }

    @Override
    Judgement judge(LiveIssuer issuer, String text) {
        return issuer.judge(text);
    }

    @Override
    @Nullable
    String problem(Token token) {
        return algorithms.isEmpty() || algorithms.contains(token.algorithm())
                ? null
                : "is signed in a way that is not taken";
    }

    @Override
    String parameters(String reason) {
        return "error=\"invalid_token\", error_description=\"The token " + reason.replace("\"", "'") + "\"";
    }
}
