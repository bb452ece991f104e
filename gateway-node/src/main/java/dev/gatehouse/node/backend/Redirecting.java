package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.template.Location;

/** Tells the client to ask elsewhere: RFC 9110, 15.4. */
public final class Redirecting implements Handler {

    private final int status;
    private final Location location;

    /** @param status 301, 302, 303, 307 or 308 */
    public Redirecting(int status, Location location) {
        this.status = status;
        this.location = location;
    }

    @Override
    public Response handle(Exchange exchange) {
        return location.of(exchange)
                .map(there -> new Response(status, Headers.of("Location", there), Body.empty()))
                .orElseGet(() -> Rejection.of(
                                Refusal.AMBIGUOUS_PATH, "What the route makes of this path has more than one reading.")
                        .toResponse());
    }
}
