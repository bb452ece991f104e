package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireInput;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;

/** One client connection, from its preface to its end. One thread reads, each request has its own. */
public final class Http2Connection {

    /** What a client says first: RFC 9113, 3.4. */
    public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());

    private static final byte[] LEAVING = "leaving!".getBytes(StandardCharsets.US_ASCII);

    /** How long a client has to end a connection that is over, so that a reset does not overtake the last answer. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Transport transport;
    private final Requests requests;
    private final Limits limits;
    private final WireInput input;
    private final FrameInput in;
    private final FrameOutput out;
    private final Streams streams;
    private final SendWindow sendWindow = new SendWindow();
    private final Exchanging exchanging;
    private final Dispatch dispatch;
    private volatile boolean leaving;
    private boolean begun;

    public Http2Connection(Transport transport, WireInput input, Requests requests, Limits limits, BodyMemory memory) {
        this.transport = transport;
        this.requests = requests;
        this.limits = limits;
        this.input = input;
        in = new FrameInput(input);
        out = new FrameOutput(transport.output());
        streams = new Streams(transport, limits.idle());
        var receiveWindow = new ReceiveWindow(out);
        var budgets = new Budgets();
        exchanging = new Exchanging(requests, out, streams, receiveWindow, limits, memory, budgets);
        dispatch = new Dispatch(in, out, streams, sendWindow, receiveWindow, exchanging, limits, budgets);
    }

    /** Serves until one side has had enough. The preface has been read. */
    public void serve() throws IOException {
        serve(this::begin);
    }

    /** Serves a connection whose first request came as HTTP/1.1: RFC 7540, 3.2. The preface is still to come. */
    public void serveUpgraded(RequestHead first, byte[] settings) throws IOException {
        serve(() -> {
            PeerSettings.apply(settings, 0, settings.length, out, sendWindow, streams.all());
            begin();
            streams.use(1);
            var stream = dispatch.opened(1);
            stream.remoteEnd();
            exchanging.start(stream, first, false);
            transport.readWithin(limits.head());
            if (!input.skip(PREFACE)) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "the preface is missing");
            }
        });
    }

    private interface Beginning {
        void begin() throws IOException;
    }

    private void serve(Beginning beginning) throws IOException {
        try {
            beginning.begin();
            frames();
        } catch (Http2Exception e) {
            LOG.log(Level.DEBUG, "an HTTP/2 connection is over: {0}", e.getMessage());
            end(e.code());
        } catch (SocketTimeoutException e) {
            // between two requests it is only time to go
            out.goAway(
                    streams.last(),
                    streams.empty() && dispatch.betweenHeads() ? ErrorCode.NO_ERROR : ErrorCode.ENHANCE_YOUR_CALM);
        } finally {
            streams.all().forEach(stream -> stream.reset("the connection ended"));
            transport.close();
            // the connection counts until nothing works for it any more
            streams.awaitHandlers();
        }
    }

    /** Takes no new request, finishes the running ones, and ends. Never waits. */
    public void drain() {
        boolean now;
        synchronized (this) {
            now = begun && !leaving;
            leaving = true;
        }
        requests.drain();
        if (now) {
            // a write may have to wait for the client
            Thread.ofVirtual().name("http2-drain").start(this::leave);
        }
    }

    /** RFC 9113, 6.8: requests that are on their way are still taken; the PING shows when there are no more. */
    private void leave() {
        try {
            out.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR);
            dispatch.leaving();
            out.ping(LEAVING, false);
            streams.idle(LINGER);
        } catch (IOException e) {
            transport.close();
        }
    }

    /** Since when it has waited for a request, on the clock of {@link System#nanoTime}; empty while one runs. */
    public OptionalLong idleSince() {
        return streams.idleSince();
    }

    /** Interrupts whatever works for it. */
    public void abort() {
        transport.close();
        streams.all().forEach(stream -> {
            stream.reset("the gateway stops");
            stream.interrupt();
        });
    }

    private void begin() throws IOException {
        transport.readWithin(limits.head());
        out.settings(
                PeerSettings.MAX_CONCURRENT_STREAMS,
                Limits.STREAMS,
                PeerSettings.MAX_HEADER_LIST_SIZE,
                HeadLimits.REQUEST.bytes(),
                PeerSettings.ENABLE_CONNECT_PROTOCOL,
                1);
        out.windowUpdate(0, Limits.CONNECTION_WINDOW - 65_535);
        boolean late;
        synchronized (this) {
            begun = true;
            late = leaving;
        }
        if (late) {
            leave();
        }
    }

    private void frames() throws IOException {
        if (!in.await()) {
            return;
        }
        in.next();
        if (in.type() != Frame.SETTINGS || in.has(Frame.ACK)) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "the first frame is SETTINGS");
        }
        while (true) {
            dispatch.next();
            if (dispatch.betweenHeads()) {
                streams.awaitFrame();
            }
            if (!in.await()) {
                return;
            }
            if (dispatch.betweenHeads()) {
                transport.readWithin(limits.head());
            }
            in.next();
        }
    }

    /** Says why, and reads on for a moment: a close with something unread would be a reset that overtakes it. */
    private void end(ErrorCode code) throws IOException {
        out.goAway(streams.last(), code);
        streams.all().forEach(stream -> stream.reset("the connection is over"));
        transport.readWithin(LINGER);
        in.skipAll();
    }
}
