package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which consumer is calling, as far as that is known already.
 *
 * @param anonymous who counts where no credential is shown; may be empty
 */
record KnownConsumer(List<CredentialCheck> checks, String anonymous) implements Function<Exchange, Optional<String>> {

    @Override
    public Optional<String> apply(Exchange exchange) {
        boolean shown = false;
        for (var check : checks) {
            var proof = check.known(exchange);
            if (proof instanceof Proof.Proven proven) {
                return Optional.of(proven.caller().consumer());
            }
            shown |= !(proof instanceof Proof.Absent);
        }
        return shown || anonymous.isEmpty() ? Optional.empty() : Optional.of(anonymous);
    }
}
