package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Tunnel;
import dev.gatehouse.node.server.http2.ClientEnd;
import dev.gatehouse.node.server.http2.Requests;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The way of an HTTP/2 request to the handler: the same as of every other, but for the refusal of a gRPC call. */
final class Http2Requests implements Requests {

    private static final System.Logger LOG = System.getLogger(Http2Requests.class.getName());

    private final Entrance entrance;
    private final ExchangeReader reader;
    private final Handler handler;
    private final Arrival arrival;
    private final Set<TunnelPump> tunnels = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    Http2Requests(Entrance entrance, Handler handler, Arrival arrival) {
        this.entrance = entrance;
        reader = entrance.reader().ofHttp2();
        this.handler = handler;
        this.arrival = arrival;
    }

    @Override
    public Response answer(RequestHead head, Body body, Downstream downstream, Consumer<Exchange> begun) {
        var id = RequestIds.of(head.headers().first("X-Request-Id"));
        boolean grpc = GrpcProblem.concerns(head.headers());
        Exchange exchange = null;
        Response answer;
        try {
            exchange = reader.read(head, body, id, arrival, downstream);
            begun.accept(exchange);
            answer = handler.handle(exchange);
            if (answer.tunnel() != null && downstream.upgrade() == null) {
                answer.close();
                throw new IllegalStateException("an upgrade nobody asked for");
            }
        } catch (WireException e) {
            answer = entrance.refuse(
                    Rejection.of(e.refusal(), "Not a request that can be taken: " + e.getMessage() + "."));
        } catch (RefusedException e) {
            answer = entrance.refuse(e.rejection());
        } catch (Throwable e) {
            // a client that leaves in the middle must not be able to fill the log
            var level = exchange != null && exchange.abandoned() ? Level.DEBUG : Level.ERROR;
            LOG.log(level, "request " + id + " failed in the gateway", e);
            answer = internal().toResponse();
        }
        return finished(answer, id, grpc);
    }

    @Override
    public Response refuse(Rejection rejection) {
        return finished(entrance.refuse(rejection), RequestIds.of(Optional.empty()), false);
    }

    @Override
    public Response failed() {
        return finished(internal().toResponse(), RequestIds.of(Optional.empty()), false);
    }

    @Override
    public void carry(Exchange exchange, Tunnel tunnel, ClientEnd client) {
        var pump = new TunnelPump(exchange, tunnel, client, entrance.settings().deadlines());
        tunnels.add(pump);
        if (draining) {
            pump.drain();
        }
        var clock = Thread.ofVirtual().name("http2-tunnel-clock").start(pump::watch);
        try {
            pump.run();
        } finally {
            clock.interrupt();
            tunnels.remove(pump);
        }
    }

    @Override
    public void drain() {
        draining = true;
        tunnels.forEach(TunnelPump::drain);
    }

    private static Response finished(Response answer, String id, boolean grpc) {
        var rejection = answer.rejection();
        var response = rejection == null
                ? answer
                : grpc ? GrpcProblem.render(answer, rejection) : Problem.render(answer, rejection, id);
        Headers headers = response.headers().set("X-Request-Id", id);
        if (!headers.contains("Date")) {
            headers.add("Date", HttpDate.now());
        }
        return response;
    }

    private static Rejection internal() {
        return Rejection.of(Refusal.INTERNAL, "The gateway could not answer. The request id leads to the reason.");
    }
}
