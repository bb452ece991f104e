package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for one kind of credential in a request and judges it. */
interface CredentialCheck {

    Proof check(Exchange exchange);

    /** What {@link #check} would say, as far as nothing is verified, asked or changed for it. Null where that takes more. */
    @Nullable
    Proof known(Exchange exchange);

    /** Takes what it reads out of the request: it is nobody else's to see. */
    void remove(Exchange exchange);

    /** What {@code WWW-Authenticate} says of its scheme (RFC 9110, 11.6.1). */
    String challenge();

    /** How it is sent, as a phrase: {@code an API key in the X-API-Key header}. */
    String wanted();

    /** Fields beside {@code WWW-Authenticate} that tell what is wanted: name, value, name, value … */
    default List<String> hints() {
        return List.of();
    }
}
