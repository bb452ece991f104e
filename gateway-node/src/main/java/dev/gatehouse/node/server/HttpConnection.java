package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Tunnel;
import dev.gatehouse.node.server.http2.Http2Connection;
import dev.gatehouse.node.server.http2.Limits;
import dev.gatehouse.node.wire.ChunkedInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.WireInput;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One client connection: request after request, until one side has had enough or the framing is in doubt. */
final class HttpConnection implements ServerConnection, Watched {

    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());

    /** How long what a refused client still sends is read, so that a reset does not overtake the answer. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final long LINGER_BYTES = 4 << 20;

    private static final long DROWSY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Rejection SLOW_HEAD =
            Rejection.of(Refusal.REQUEST_TIMEOUT, "The head of the request did not arrive in time.");

    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final Entrance entrance;
    private final Handler handler;
    private final Deadlines deadlines;
    private final Accepted accepted;
    private final Arrival arrival;
    private final ConnectionStreams streams;
    private final WireInput in;
    private final Lookout lookout;
    private final boolean http2Agreed;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();
    private volatile long idleSince;
    private volatile boolean closing;
    private final Calm calm;
    private volatile @Nullable Thread thread;
    private volatile @Nullable TunnelPump tunnel;
    private volatile @Nullable Http2Connection http2;

    HttpConnection(ConnectionContext context, Entrance entrance, Handler handler, Accepted accepted, Arrival arrival) {
        this.entrance = entrance;
        this.handler = handler;
        this.accepted = accepted;
        this.arrival = arrival;
        // threads need not begin in the order in which their connections came
        idleSince = accepted.since();
        deadlines = entrance.settings().deadlines();
        calm = new Calm(entrance.connections()::calm);
        streams = new ConnectionStreams(context, accepted, deadlines);
        in = new WireInput(streams.input());
        lookout = new Lookout(streams);
        var socket = context.serverSocket();
        http2Agreed = socket.protocolNegotiated() && socket.protocol().equals(Entrance.HTTP2);
    }

    @Override
    public void handle(Limit limit) {
        thread = Thread.currentThread();
        entrance.connections().run(accepted, this);
        try {
            serve();
        } catch (IOException e) {
            LOG.log(Level.TRACE, "connection ended", e);
            // an answer may be cut short: over TLS no goodbye may make it look whole
            streams.abort();
        } finally {
            streams.close();
            entrance.connections().remove(accepted);
        }
    }

    /** Idle times are kept by {@link Connections}. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        closing = true;
        var open = tunnel;
        var multiplexed = http2;
        if (interrupt) {
            streams.abort();
            if (multiplexed != null) {
                multiplexed.abort();
            }
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        } else if (open != null) {
            open.drain();
        } else if (multiplexed != null) {
            multiplexed.drain();
        } else if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            streams.abort();
        }
    }

    @Override
    public void check(long now) {
        streams.check(now);
        lookout.check(now);
        if (state.get() == State.IDLE && now - idleSince > DROWSY_NANOS) {
            spare.set(null);
        }
        var open = tunnel;
        if (open != null) {
            open.check(now);
        }
    }

    @Override
    public long idleSince() {
        var multiplexed = http2;
        if (multiplexed != null) {
            return multiplexed.idleSince().orElse(BUSY);
        }
        return state.get() == State.IDLE ? idleSince : BUSY;
    }

    private void serve() throws IOException {
        boolean stays = serveNext(true);
        while (stays) {
            stays = serveNext(false);
        }
    }

    /** All that a request does is in a method that is called: a loop that an idle connection never leaves stays interpreted. */
    private boolean serveNext(boolean first) throws IOException {
        streams.readWithin(deadlines.idle());
        if (!awaitRequest()) {
            return false;
        }
        calm.down(idleSince, System::nanoTime);
        if (!state.compareAndSet(State.IDLE, State.BUSY)) {
            return false;
        }
        streams.readWithin(deadlines.head());
        // without TLS, a client that knows may begin at once: RFC 9113, 3.3
        if (http2Agreed || (first && !arrival.secure())) {
            if (in.skip(Http2Connection.PREFACE)) {
                http2().serve();
                return false;
            }
            if (http2Agreed) {
                return false;
            }
        }
        return serveOne() && rest() && state.get() == State.IDLE;
    }

    /** Whoever waits for long does so without a buffer: most connections are idle most of the time. */
    private boolean awaitRequest() throws IOException {
        if (in.buffered() > 0 || (streams.giveWay() && in.poll())) {
            return true;
        }
        spare.set(in.lend());
        try {
            return streams.await();
        } finally {
            in.giveBack(spare.getAndSet(null));
        }
    }

    private Http2Connection http2() throws IOException {
        streams.shared();
        var limits = new Limits(deadlines.head(), deadlines.idle(), deadlines::forUpload, deadlines::forDownload);
        var requests = new Http2Requests(entrance, handler, arrival);
        var connection = new Http2Connection(streams, in, requests, limits, entrance.memory());
        http2 = connection;
        if (closing) {
            connection.drain();
        }
        return connection;
    }

    private boolean rest() {
        idleSince = System.nanoTime();
        state.set(State.IDLE);
        return !closing || !state.compareAndSet(State.IDLE, State.CLOSED);
    }

    private boolean serveOne() throws IOException {
        RequestHead head;
        Framing framing;
        try {
            head = RequestHead.read(in, HeadLimits.REQUEST);
            if (head == null) {
                return false;
            }
            streams.readForever();
            framing = Framing.ofRequest(head);
            if (!(framing instanceof Framing.None)) {
                // an upload is read by one thread while another writes the answer
                streams.shared();
            }
            var upgrade = arrival.secure() ? null : Http2Upgrade.asked(head, framing);
            if (upgrade != null) {
                streams.output().write(Http2Upgrade.SWITCHING);
                http2().serveUpgraded(head, upgrade);
                return false;
            }
            if (framing instanceof Framing.Chunked) {
                // what is here of it, before anything of the request goes anywhere
                ChunkedInput.check(in);
            }
        } catch (WireException e) {
            return e.foreign() ? shun(e) : refuse(malformed(e));
        } catch (SocketTimeoutException e) {
            return in.buffered() > 0 && refuse(SLOW_HEAD);
        }
        return serve(head, framing);
    }

    private boolean serve(RequestHead head, Framing framing) throws IOException {
        var id = RequestIds.of(head.headers().first("X-Request-Id"));
        // before the exchange takes the connection's own fields out
        // and what follows a CONNECT may be meant for a tunnel
        boolean last = head.last() || head.method().equals("CONNECT");
        boolean trailers = head.minor() == 1 && HopByHop.lists(head.headers(), "TE", "trailers");
        var upgrade = WebSocketHandshake.asked(head, framing);
        var interim = new InterimAnswers(streams.output(), head.minor());
        var body = framing instanceof Framing.None
                ? NoBody.NONE
                : new RequestBody(framing, in, streams, interim, head.expectsContinue(), deadlines.forUpload());
        Exchange exchange = null;
        Response answer;
        try {
            exchange = entrance.reader().read(head, body, id, arrival, new Downstream(interim, trailers, upgrade));
            body.within(exchange::nanosLeft);
            lookout.begin(exchange, body);
            answer = ask(exchange);
        } catch (WireException e) {
            last = true;
            answer = entrance.refuse(malformed(e));
        } catch (RefusedException e) {
            answer = entrance.refuse(e.rejection());
        }
        interim.end();
        calm.after(answer);
        body.answering();
        var opened = answer.tunnel();
        if (opened != null && exchange != null) {
            lookout.end();
            return carry(exchange, answer, opened);
        }
        return answer(new ResponseWriter(head, trailers, streams.output()), body, id, last, answer);
    }

    /** The handler's answer; whatever it throws becomes one. */
    private Response ask(Exchange exchange) {
        try {
            var answer = handler.handle(exchange);
            if (answer.tunnel() != null && exchange.downstream().upgrade() == null) {
                answer.close();
                throw new IllegalStateException("an upgrade nobody asked for");
            }
            return answer;
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "request " + exchange.id() + " failed in the gateway", e);
            return Response.of(internal());
        }
    }

    /** @return whether the next request may be read */
    private boolean answer(ResponseWriter writer, ClientBody body, String id, boolean last, Response answer)
            throws IOException {
        boolean stays = false;
        try (answer) {
            boolean persist = !last && !closing && !streams.late() && body.drainable();
            var fixed = persist ? FixedRefusal.of(answer) : null;
            stays = (fixed != null && writer.write(fixed, id)) || write(writer, answer, persist, id);
        } finally {
            lookout.end();
            body.close();
        }
        if (stays) {
            if (body.complete()) {
                return true;
            }
            streams.readWithin(deadlines.stall());
            return body.drain(RequestBody.DRAIN);
        }
        if (!body.complete()) {
            streams.readWithin(LINGER);
            body.linger(LINGER_BYTES);
        }
        return false;
    }

    private static boolean write(ResponseWriter writer, Response answer, boolean persist, String id)
            throws IOException {
        try (var response = render(answer, id)) {
            response.headers().set("X-Request-Id", id);
            return writer.write(response, persist);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "request " + id + " has an answer that cannot be sent", e);
            var instead = Problem.render(Response.of(internal()), internal(), id);
            instead.headers().set("X-Request-Id", id);
            return writer.write(instead, persist);
        }
    }

    /** From here on the connection is no longer HTTP; it ends with the tunnel. */
    private boolean carry(Exchange exchange, Response answer, Tunnel opened) throws IOException {
        try (answer) {
            answer.headers().set("X-Request-Id", exchange.id());
            streams.shared();
            ResponseWriter.switching(answer.headers(), WebSocketHandshake.PROTOCOL, streams.output());
            var pump = new TunnelPump(exchange, opened, in, streams, deadlines);
            tunnel = pump;
            if (closing) {
                pump.drain();
            }
            pump.run();
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "request " + exchange.id() + " has an upgrade that cannot be sent", e);
        }
        return false;
    }

    private static Response render(Response answer, String id) {
        var rejection = answer.rejection();
        return rejection == null ? answer : Problem.render(answer, rejection, id);
    }

    private boolean shun(WireException e) {
        entrance.refuse(malformed(e)).close();
        return false;
    }

    /** Nothing after a malformed head can be trusted to be a request. */
    private boolean refuse(Rejection rejection) throws IOException {
        var id = RequestIds.of(Optional.empty());
        var response = Problem.render(entrance.refuse(rejection), rejection, id);
        response.headers().set("X-Request-Id", id);
        ResponseWriter.toUnknown(streams.output()).write(response, false);
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
        return Rejection.of(e.refusal(), "Not a request that can be taken: " + e.getMessage() + ".");
    }

    private static Rejection internal() {
        return Rejection.of(Refusal.INTERNAL, "The gateway could not answer. The request id leads to the reason.");
    }
}
