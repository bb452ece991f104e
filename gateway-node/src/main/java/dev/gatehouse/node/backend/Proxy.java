package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Failure;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.CanonicalPath;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where an exchange ends at a service: picks a target, sends, judges what comes, and perhaps tries again. */
public final class Proxy implements Handler {

    private static final System.Logger LOG = System.getLogger(Proxy.class.getName());

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private static final Rejection GONE =
            Rejection.of(Refusal.CLIENT_GONE, "The client ended its connection before the answer began.");

    /** A service that is down fails every request; one line a second tells it. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Balance<Reach> balance;
    private final UpstreamTerms terms;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /** @param balance gives out a target for each attempt */
    Proxy(Balance<Reach> balance, UpstreamTerms terms) {
        this.balance = balance;
        this.terms = terms;
    }

    /**
     * @param name of the service
     * @throws IllegalArgumentException when there is no target, one is not an address, or TLS cannot be had on these
     *     terms
     */
    public static Proxy to(String name, Service service, UpstreamTerms terms, Targets targets) {
        return new Proxy(targets.balance(name, service, terms), terms);
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
        }
    }

    /**
     * A target that cannot be reached is passed over, whatever the method: nothing was sent. One that falls silent is
     * asked once more, on a fresh connection, when asking twice cannot do harm; one that refuses, or the next one in its
     * place, whatever the method.
     */
    private Response send(Exchange exchange, String path) throws UpstreamFailure, RefusedException {
        var pick = balance.pick(exchange, null);
        if (pick == null) {
            return Rejection.of(Refusal.NO_HEALTHY_TARGET, "No target of the service takes requests.")
                    .with("Retry-After", "1")
                    .toResponse();
        }
        boolean again = false;
        while (true) {
            try {
                return attempt(pick, exchange, path, again);
            } catch (UpstreamFailure e) {
                if (exchange.abandoned()) {
                    throw e;
                }
                log(exchange, e);
                switch (e.kind()) {
                    case UNREACHABLE, BUSY -> {
                        if (exchange.nanosLeft() <= 0) {
                            throw e.late();
                        }
                        pick = balance.pick(exchange, pick);
                        if (pick == null) {
                            throw e;
                        }
                    }
                    case STALE, SILENT -> {
                        if (again || !replayable(exchange)) {
                            throw e;
                        }
                        again = true;
                        pick = pick.again();
                    }
                    case REFUSED -> {
                        // done nothing is done nothing, but of a body some is gone
                        if (again || exchange.body().length() != 0) {
                            throw e;
                        }
                        again = true;
                        var other = balance.pick(exchange, pick);
                        pick = other == null ? pick.again() : other;
                    }
                    case BROKEN, TIMEOUT -> throw e;
                }
            }
        }
    }

    /**
     * One attempt at one target, and what became of it told.
     *
     * @param fresh whether no connection that was used before will do
     */
    private Response attempt(Pick<Reach> pick, Exchange exchange, String path, boolean fresh)
            throws UpstreamFailure, RefusedException {
        boolean told = false;
        try {
            var response = send(pick, exchange, path, fresh);
            told = true;
            pick.answered(response.status());
            return response;
        } catch (UpstreamFailure e) {
            var failure = exchange.abandoned() ? null : blame(e.kind(), exchange);
            if (failure != null) {
                told = true;
                pick.failed(failure);
            }
            throw e;
        } finally {
            if (!told) {
                pick.left();
            }
        }
    }

    private Response send(Pick<Reach> pick, Exchange exchange, String path, boolean fresh)
            throws UpstreamFailure, RefusedException {
        var times = terms.times();
        try {
            return switch (pick.reach()) {
                case Reach.Http1 reach -> {
                    var handshake = Handshake.of(exchange, terms.webSockets());
                    var head = OutboundHead.of(
                            exchange, reach.target(), path, handshake == null ? null : Handshake.PROTOCOL);
                    var pool = reach.pool();
                    var lease = new UpstreamLease(pool, pool.take(fresh, times.connect(exchange)), pick);
                    yield new UpstreamCall(lease, times, exchange, handshake).send(head);
                }
                case Reach.Http2 reach -> {
                    var head = OutboundHead.http2(exchange, reach.target(), path);
                    var lease =
                            reach.pool().take(fresh, times.connect(exchange)).of(pick);
                    yield new Http2Call(lease, times, exchange).send(head);
                }
            };
        } finally {
            // until there is a connection, only this keeps its pool
            Reference.reachabilityFence(pick);
        }
    }

    /** How the target failed; null where it is not to blame. */
    private static @Nullable Failure blame(UpstreamFailure.Kind kind, Exchange exchange) {
        return switch (kind) {
            // for want of time the next one would have done no better
            case UNREACHABLE -> exchange.nanosLeft() <= 0 ? null : Failure.UNREACHABLE;
            case BUSY, STALE -> null;
            case REFUSED -> Failure.REFUSED;
            case SILENT -> Failure.SILENT;
            case BROKEN -> Failure.BROKEN;
            // a caller who gives no time may not speak against a target
            case TIMEOUT -> Grpc.timeout(exchange).isPresent() && exchange.nanosLeft() <= 0 ? null : Failure.TIMEOUT;
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
