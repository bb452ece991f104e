package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.CanonicalPath;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Where an exchange ends at a service: picks a target, sends, judges what comes, and perhaps tries again. */
public final class Proxy implements Handler {

    private static final System.Logger LOG = System.getLogger(Proxy.class.getName());

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private static final Rejection GONE =
            Rejection.of(Refusal.CLIENT_GONE, "The client ended its connection before the answer began.");

    /** A service that is down fails every request; one line a second tells it. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** One attempt at one target. */
    private interface Attempt {
        /** @param fresh whether no connection that was used before will do */
        Response send(Exchange exchange, String path, boolean fresh) throws UpstreamFailure, RefusedException;
    }

    private final List<Attempt> targets;
    private final UpstreamTerms terms;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /**
     * @param targets http or https, host, optional port, optional base path; taken in turn
     * @throws IllegalArgumentException when there is no target, one is not such an address, or TLS cannot be had on
     *     these terms
     */
    public Proxy(List<URI> targets, UpstreamTerms terms, UpstreamPools pools) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a service needs at least one target");
        }
        this.terms = terms;
        this.targets = targets.stream()
                .map(ServiceTarget::of)
                .map(target -> attempt(target, terms, pools, this))
                .toList();
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
            if (!terms.http2()) {
                return Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "gRPC needs a service that is asked over HTTP/2.")
                        .toResponse();
            }
            Grpc.limit(exchange);
        }
        try {
            return send(exchange, path);
        } catch (UpstreamFailure e) {
            var rejection = exchange.abandoned() ? GONE : e.kind().rejection();
            return rejection.toResponse();
        } catch (RefusedException e) {
            return Response.of(e.rejection());
        } finally {
            // until it has a connection, only this keeps its pool
            Reference.reachabilityFence(this);
        }
    }

    /**
     * A target that cannot be reached is passed over, whatever the method: nothing was sent. One that falls silent is
     * asked once more, on a fresh connection, when asking twice cannot do harm; one that refuses, or the next one in its
     * place, whatever the method.
     */
    private Response send(Exchange exchange, String path) throws UpstreamFailure, RefusedException {
        int first = Math.floorMod(turn.getAndIncrement(), targets.size());
        boolean again = false;
        for (int passed = 0; ; ) {
            var target = targets.get((first + passed) % targets.size());
            try {
                return target.send(exchange, path, again);
            } catch (UpstreamFailure e) {
                if (exchange.abandoned()) {
                    throw e;
                }
                log(exchange, e);
                switch (e.kind()) {
                    case UNREACHABLE -> {
                        if (exchange.nanosLeft() <= 0) {
                            throw e.late();
                        }
                        if (++passed >= targets.size()) {
                            throw e;
                        }
                    }
                    case SILENT -> {
                        if (again || !replayable(exchange)) {
                            throw e;
                        }
                        again = true;
                    }
                    case REFUSED -> {
                        // done nothing is done nothing, but of a body some is gone
                        if (again || exchange.body().length() != 0) {
                            throw e;
                        }
                        again = true;
                        passed++;
                    }
                    case BROKEN, TIMEOUT -> throw e;
                }
            }
        }
    }

    private static Attempt attempt(ServiceTarget target, UpstreamTerms terms, UpstreamPools pools, Proxy user) {
        var destination = new Destination(target.origin(), terms.tls(), terms.http2());
        var times = terms.times();
        if (terms.http2()) {
            var pool = pools.http2(destination, user);
            return (exchange, path, fresh) -> {
                var head = OutboundHead.http2(exchange, target, path);
                return new Http2Call(pool.take(fresh, times.connect(exchange)), times, exchange).send(head);
            };
        }
        var pool = pools.of(destination, user);
        return (exchange, path, fresh) -> {
            var handshake = Handshake.of(exchange, terms.webSockets());
            var head = OutboundHead.of(exchange, target, path, handshake == null ? null : Handshake.PROTOCOL);
            var lease = new UpstreamLease(pool, pool.take(fresh, times.connect(exchange)));
            return new UpstreamCall(lease, times, exchange, handshake).send(head);
        };
    }

    private static boolean replayable(Exchange exchange) {
        return exchange.body().length() == 0 && IDEMPOTENT.contains(exchange.method());
    }

    private void log(Exchange exchange, UpstreamFailure failure) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
            LOG.log(Level.WARNING, "request " + exchange.id() + ": " + failure.getMessage());
        }
    }
}
