package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.RouteResilience;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.ServiceGuard;
import dev.gatehouse.node.wire.CanonicalPath;

/** Where an exchange ends at a service: picks a target, sends, judges what comes, and perhaps tries again. */
public final class Proxy implements Handler {

    private static final Rejection GONE =
            Rejection.of(Refusal.CLIENT_GONE, "The client ended its connection before the answer began.");

    private final Balance<Reach> balance;
    private final Asking asking;
    private final ServiceGuard guard;

    private Proxy(Balance<Reach> balance, Asking asking, ServiceGuard guard) {
        this.balance = balance;
        this.asking = asking;
        this.guard = guard;
    }

    /**
     * With nothing to protect the service, and sent again only what its connection took to its grave.
     *
     * @param name of the service
     * @throws IllegalArgumentException when there is no target, one is not an address, or TLS cannot be had on these
     *     terms
     */
    public static Proxy to(String name, Service service, UpstreamTerms terms, Targets targets) {
        return to(targets.balance(name, service, terms), terms);
    }

    /** As above, where the targets come from. */
    static Proxy to(Balance<Reach> balance, UpstreamTerms terms) {
        var guard = ServiceGuard.none();
        return new Proxy(
                balance, new Asking(terms, Tries.of(RouteResilience.DEFAULT, guard.budget()), new KeptBodies()), guard);
    }

    /**
     * As the route and its service want it.
     *
     * @throws IllegalArgumentException as above
     */
    public static Proxy to(
            String name,
            Service service,
            UpstreamTerms terms,
            Targets targets,
            RouteResilience resilience,
            ServiceGuard guard) {
        var tries = Tries.of(resilience, guard.budget());
        return new Proxy(targets.balance(name, service, terms), new Asking(terms, tries, targets.bodies()), guard);
    }

    @Override
    public Response handle(Exchange exchange) {
        var outbound = exchange.outbound();
        var path = outbound == null ? exchange.path() : outbound.path();
        if (outbound != null && !path.equals("*") && !new CanonicalPath.Path(path).equals(CanonicalPath.of(path))) {
            return Rejection.of(Refusal.AMBIGUOUS_PATH, "What the route makes of this path has more than one reading.")
                    .toResponse();
        }
        if (Grpc.is(exchange)) {
            if (!asking.terms().http2()) {
                return Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "gRPC needs a service that is asked over HTTP/2.")
                        .toResponse();
            }
            Grpc.limit(exchange);
        }
        var refused = guard.enter(exchange);
        return refused == null ? Replay.until(guarded(exchange, path), exchange) : refused.toResponse();
    }

    /** The request is in, and has to leave. */
    private Response guarded(Exchange exchange, String path) {
        long began = System.nanoTime();
        boolean told = false;
        try {
            var response = new Attempts(balance, asking, exchange, path).answer();
            told = true;
            long now = System.nanoTime();
            return marked(guard.answered(response, exchange, now - began, now), exchange);
        } catch (UpstreamFailure e) {
            if (!exchange.abandoned() && e.kind() != UpstreamFailure.Kind.BUSY && !Grpc.late(exchange)) {
                told = true;
                guard.failed(System.nanoTime() - began);
            }
            return marked((exchange.abandoned() ? GONE : e.rejection()).toResponse(), exchange);
        } catch (RefusedException e) {
            return Response.of(e.rejection());
        } finally {
            if (!told) {
                guard.left(System.nanoTime() - began);
            }
        }
    }

    private Response marked(Response response, Exchange exchange) {
        var header = asking.tries().retry().header();
        var attempts = exchange.attempts();
        if (!header.isEmpty() && attempts != null) {
            response.headers().set(header, Integer.toString(attempts.number()));
        }
        return response;
    }
}
