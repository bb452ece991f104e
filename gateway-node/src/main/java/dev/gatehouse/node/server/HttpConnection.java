package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.WireInput;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One client connection: request after request, until one side has had enough or the framing is in doubt. */
final class HttpConnection implements ServerConnection {

    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());

    /** How long what a refused client still sends is read, so that a reset does not overtake the answer. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final long LINGER_BYTES = 4 << 20;

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final ListenerSettings settings;
    private final ExchangeReader reader;
    private final Handler handler;
    private final Connections connections;
    private final Arrival arrival;
    private final ConnectionStreams streams;
    private final WireInput in;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile boolean closing;
    private volatile @Nullable Thread thread;

    HttpConnection(
            ConnectionContext context,
            ListenerSettings settings,
            ExchangeReader reader,
            Handler handler,
            Connections connections) {
        this.settings = settings;
        this.reader = reader;
        this.handler = handler;
        this.connections = connections;
        arrival = Arrival.of(context);
        streams = new ConnectionStreams(context, settings.stall());
        in = new WireInput(streams.input());
    }

    @Override
    public void handle(Limit limit) {
        thread = Thread.currentThread();
        connections.add(this);
        try {
            serve();
        } catch (IOException e) {
            LOG.log(Level.TRACE, "connection ended", e);
            // an answer may be cut short: over TLS no goodbye may make it look whole
            streams.close();
        } finally {
            connections.remove(this);
        }
    }

    /** Idle times are kept by {@link Connections}. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    /** Ends it after the exchange that runs; with {@code interrupt}, at once. */
    @Override
    public void close(boolean interrupt) {
        closing = true;
        if (interrupt) {
            streams.close();
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        } else if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            streams.close();
        }
    }

    void closeWhenOverdue(long now) {
        if (streams.overdue(now)) {
            streams.close();
        }
    }

    private void serve() throws IOException {
        do {
            streams.readWithin(settings.idle());
            if (!in.await() || !state.compareAndSet(State.IDLE, State.BUSY)) {
                return;
            }
            streams.readWithin(settings.head());
        } while (serveOne() && rest());
    }

    private boolean rest() {
        state.set(State.IDLE);
        return !closing || !state.compareAndSet(State.IDLE, State.CLOSED);
    }

    private boolean serveOne() throws IOException {
        RequestHead head;
        RequestBody body;
        try {
            head = RequestHead.read(in, HeadLimits.REQUEST);
            if (head == null) {
                return false;
            }
            streams.readForever();
            body = new RequestBody(Framing.ofRequest(head), in, streams, head.expectsContinue(), settings);
        } catch (WireException e) {
            return refuse(e);
        }
        var id = RequestIds.of(head.headers().first("X-Request-Id"));
        // before the exchange takes the connection's own fields out
        boolean last = head.last();
        Response answer;
        try {
            var exchange = reader.read(head, body, id, arrival, Downstream.PLAIN);
            if (body.length() > settings.maxBody()) {
                throw new RefusedException(RequestBody.tooLarge(settings.maxBody()));
            }
            answer = ask(exchange);
        } catch (WireException e) {
            last = true;
            answer = Response.of(malformed(e));
        } catch (RefusedException e) {
            answer = Response.of(e.rejection());
        }
        return answer(head, body, id, last, answer);
    }

    /** The handler's answer; whatever it throws becomes one. */
    private Response ask(Exchange exchange) {
        try {
            return handler.handle(exchange);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "request " + exchange.id() + " failed in the gateway", e);
            return Response.of(internal());
        }
    }

    /** @return whether the next request may be read */
    private boolean answer(RequestHead head, RequestBody body, String id, boolean last, Response answer)
            throws IOException {
        boolean stays = false;
        try (var response = render(answer, id)) {
            response.headers().set("X-Request-Id", id);
            body.answering();
            boolean persist = !last && !closing && body.drainable();
            stays = write(head, response, persist, id);
        } finally {
            body.close();
        }
        if (stays) {
            streams.readWithin(settings.stall());
            return body.complete() || body.drain(RequestBody.DRAIN);
        }
        if (!body.complete()) {
            streams.readWithin(LINGER);
            body.drain(LINGER_BYTES);
        }
        return false;
    }

    private boolean write(RequestHead head, Response response, boolean persist, String id) throws IOException {
        var writer = new ResponseWriter(head.method(), head.minor(), streams.output());
        try {
            return writer.write(response, persist);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "request " + id + " has an answer that cannot be sent", e);
            var instead = Problem.render(Response.of(internal()), internal(), id);
            instead.headers().set("X-Request-Id", id);
            return writer.write(instead, persist);
        }
    }

    private static Response render(Response answer, String id) {
        var rejection = answer.rejection();
        return rejection == null ? answer : Problem.render(answer, rejection, id);
    }

    /** Nothing after a malformed head can be trusted to be a request. */
    private boolean refuse(WireException e) throws IOException {
        var id = RequestIds.of(Optional.empty());
        var rejection = malformed(e);
        var response = Problem.render(Response.of(rejection), rejection, id);
        response.headers().set("X-Request-Id", id);
        new ResponseWriter("GET", 1, streams.output()).write(response, false);
        streams.readWithin(LINGER);
        var sink = new byte[8 << 10];
        for (long left = LINGER_BYTES; left > 0; ) {
            int count = in.read(sink, 0, sink.length);
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return false;
    }

    private static Rejection malformed(WireException e) {
        return Rejection.of(e.refusal(), "Not a well-formed HTTP request: " + e.getMessage() + ".");
    }

    private static Rejection internal() {
        return Rejection.of(Refusal.INTERNAL, "The gateway could not answer. The request id leads to the reason.");
    }
}
