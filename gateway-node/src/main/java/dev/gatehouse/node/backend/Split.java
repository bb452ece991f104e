package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Sticky;
import dev.gatehouse.node.backend.balance.Rendezvous;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Several services for one route. Who stays is drawn by who they are and by the services' names, not by the route: a
 * caller who has the new version of a service has it on every route with the same split.
 */
public final class Split implements Handler {

    private final Draw draw;
    private final List<Handler> services;
    private final Sticky.By by;
    private final StickyCookie cookie;
    private final RandomGenerator random;

    /** @param service what answers for a service of that name */
    public Split(List<Forward.Share> shares, Sticky sticky, Function<String, Handler> service, RandomGenerator random) {
        draw = new Draw(
                shares.stream().map(Forward.Share::service).toList(),
                shares.stream().map(Forward.Share::weight).toList());
        services = shares.stream().map(share -> service.apply(share.service())).toList();
        by = sticky.by();
        cookie = new StickyCookie(sticky);
        this.random = random;
    }

    @Override
    public Response handle(Exchange exchange) {
        return switch (by) {
            case NONE -> byChance(exchange);
            case CONSUMER -> {
                var caller = exchange.caller();
                yield caller == null ? byChance(exchange) : forSubject(Rendezvous.hash(caller.consumer()), exchange);
            }
            case ADDRESS -> forSubject(Rendezvous.hash(exchange.client().address()), exchange);
            case COOKIE -> byCookie(exchange);
        };
    }

    private Response byChance(Exchange exchange) {
        return services.get(draw.byChance(random.nextDouble())).handle(exchange);
    }

    private Response forSubject(long subject, Exchange exchange) {
        return services.get(draw.forSubject(subject)).handle(exchange);
    }

    private Response byCookie(Exchange exchange) {
        var sent = cookie.sent(exchange);
        if (sent.isPresent()) {
            return forSubject(Rendezvous.hash(sent.get()), exchange);
        }
        var fresh = StickyCookie.fresh(random);
        var response = forSubject(Rendezvous.hash(fresh), exchange);
        if (response.rejection() == null) {
            // whose request failed is drawn anew
            response.headers().add("Set-Cookie", cookie.set(fresh));
        }
        return response;
    }
}
