package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Introspection;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.token.Issuers;
import dev.gatehouse.node.identity.token.Judgement;
import dev.gatehouse.node.identity.token.LiveIssuer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A token about which its issuer is asked: RFC 7662. */
final class IntrospectionCheck extends TokenCheck {

    /** @param patience how long the address has to wait until something is asked for it, in milliseconds */
    IntrospectionCheck(
            Introspection settings, Issuers issuers, Consumers consumers, ToLongFunction<Exchange> patience) {
        super(settings.terms(), issuers, consumers, patience);
    }

    @Override
    @Nullable
    Judgement known(LiveIssuer issuer, String text) {
        return issuer.askedLately(text);
    }

    @Override
    Judgement judge(LiveIssuer issuer, String text) {
        return issuer.ask(text);
    }

    @Override
    String parameters(String reason) {
        return "error=\"invalid_token\"";
    }
}
