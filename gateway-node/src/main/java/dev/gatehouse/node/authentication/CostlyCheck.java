package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.util.function.ToLongFunction;

/** One whose judgement costs something unless it is remembered: an address that was refused often has to wait for it. */
abstract class CostlyCheck implements CredentialCheck {

    private final ToLongFunction<Exchange> patience;

    /** @param patience how long the address has to wait until something is judged for it, in milliseconds */
    CostlyCheck(ToLongFunction<Exchange> patience) {
        this.patience = patience;
    }

    /** What is not {@link #known}. */
    abstract Proof judge(Exchange exchange);

    @Override
    public final Proof check(Exchange exchange) {
        var known = known(exchange);
        if (known != null) {
            return known;
        }
        long wait = patience.applyAsLong(exchange);
        return wait > 0 ? new Proof.Refused(Refusing.tooMany(wait), "", false, true) : judge(exchange);
    }
}
