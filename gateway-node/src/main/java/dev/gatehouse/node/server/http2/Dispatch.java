package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.hpack.HpackDecoder;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.HeaderBlock;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** From each frame of a client to what it does, on the one thread that reads. */
final class Dispatch {

    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());

    private static final int TABLE = 4096;
    private static final int PSEUDO_FIELDS = 4;
    private static final int EMPTY_DATA = 10;
    private static final int SETTINGS = 10;

    private final FrameInput in;
    private final FrameOutput out;
    private final Streams streams;
    private final SendWindow sendWindow;
    private final ReceiveWindow receiveWindow;
    private final Exchanging exchanging;
    private final Limits limits;
    private final Budgets budgets;
    private final HpackDecoder decoder =
            new HpackDecoder(TABLE, HeadLimits.REQUEST.bytes(), HeadLimits.REQUEST.fields() + PSEUDO_FIELDS);
    private @Nullable HeaderBlock block;
    private int lastTaken = Integer.MAX_VALUE;
    private volatile boolean leaving;

    Dispatch(
            FrameInput in,
            FrameOutput out,
            Streams streams,
            SendWindow sendWindow,
            ReceiveWindow receiveWindow,
            Exchanging exchanging,
            Limits limits,
            Budgets budgets) {
        this.in = in;
        this.out = out;
        this.streams = streams;
        this.sendWindow = sendWindow;
        this.receiveWindow = receiveWindow;
        this.exchanging = exchanging;
        this.limits = limits;
        this.budgets = budgets;
    }

    /** False: a header block has begun and not ended. */
    boolean betweenHeads() {
        return block == null;
    }

    /** With the next acknowledgment of a PING, the client knows that it is to open no more streams. */
    void leaving() {
        leaving = true;
    }

    OpenStream opened(int id) {
        return new OpenStream(id, sendWindow.new OfStream(limits.download().get()), streams);
    }

    /** What follows from the frame that was just read. */
    void next() throws IOException {
        try {
            if (block != null && (in.type() != Frame.CONTINUATION || in.stream() != block.stream())) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a header block is interrupted");
            }
            switch (in.type()) {
                case Frame.DATA -> data();
                case Frame.HEADERS -> headers();
                case Frame.CONTINUATION -> continuation();
                case Frame.PRIORITY -> priority();
                case Frame.RST_STREAM -> rstStream();
                case Frame.SETTINGS -> settings();
                case Frame.PUSH_PROMISE ->
                    throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a client pushes nothing");
                case Frame.PING -> ping();
                case Frame.GOAWAY -> require(in.stream() == 0, "GOAWAY concerns the connection");
                case Frame.WINDOW_UPDATE -> windowUpdate();
                // RFC 9113, 5.5
                default -> budgets.control().spend(1, "frames of an unknown type");
            }
        } catch (Http2Exception e) {
            if (e.stream() == 0) {
                throw e;
            }
            LOG.log(Level.DEBUG, "an HTTP/2 stream is over: {0}", e.getMessage());
            budgets.resets().spend(1, "streams that had to be reset");
            exchanging.reset(e.stream(), e.code());
        }
    }

    private void data() throws IOException {
        int frame = in.length();
        receiveWindow.take(frame);
        in.unpad();
        if (in.length() == 0 && !in.has(Frame.END_STREAM)) {
            budgets.control().spend(EMPTY_DATA, "empty DATA frames");
        }
        var stream = known(frame);
        if (stream == null) {
            return;
        }
        var body = stream.body();
        if (stream.remoteEnded() || body == null) {
            receiveWindow.give(frame);
            throw Http2Exception.stream(stream.id(), ErrorCode.STREAM_CLOSED, "DATA behind the end of a stream");
        }
        budgets.control().earn(1);
        body.add(stream.id(), in.payload(), in.from(), in.length(), frame);
        if (in.has(Frame.END_STREAM)) {
            stream.complete(new Headers());
            streams.settle(stream, Streams.End.BY_CLIENT);
        }
    }

    /** The open stream of a frame; null when the frame crossed the end of its stream. */
    private @Nullable OpenStream known(int dealtWith) throws IOException {
        var stream = streams.get(in.stream());
        if (stream != null) {
            return stream;
        }
        receiveWindow.give(dealtWith);
        require(in.stream() != 0 && in.stream() <= streams.last(), "a frame of a stream that is not open");
        if (streams.end(in.stream()) != Streams.End.BY_GATEWAY) {
            throw Http2Exception.connection(ErrorCode.STREAM_CLOSED, "a frame behind the end of a stream");
        }
        budgets.control().spend(1, "frames of streams that were reset");
        return null;
    }

    private void headers() throws IOException {
        require(in.stream() % 2 == 1, "a client's streams have odd numbers");
        in.unpad();
        block = new HeaderBlock(in.stream(), in.has(Frame.END_STREAM), Limits.BLOCK, Limits.BLOCK_FRAMES);
        continuation();
    }

    private void continuation() throws IOException {
        var pending = block;
        if (pending == null) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "CONTINUATION without HEADERS");
        }
        pending.add(in.payload(), in.from(), in.to());
        if (in.has(Frame.END_HEADERS)) {
            block = null;
            fields(pending);
        }
    }

    private void fields(HeaderBlock pending) throws IOException {
        HpackDecoder.Block decoded;
        try {
            decoded = decoder.decode(pending.octets(), 0, pending.length());
        } catch (WireException e) {
            throw Http2Exception.connection(ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
        int id = pending.stream();
        var stream = streams.get(id);
        if (stream != null) {
            trailers(stream, pending, decoded);
        } else if (id > streams.last()) {
            streams.use(id);
            if (id > lastTaken) {
                streams.refused(id);
                return;
            }
            exchanging.open(opened(id), decoded, pending.endStream());
        } else if (streams.end(id) == Streams.End.BY_GATEWAY) {
            budgets.control().spend(1, "frames of streams that were reset");
        } else if (streams.end(id) == Streams.End.BY_CLIENT) {
            throw Http2Exception.connection(ErrorCode.STREAM_CLOSED, "HEADERS behind the end of a stream");
        } else {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "the numbers of streams go up");
        }
    }

    private void trailers(OpenStream stream, HeaderBlock pending, HpackDecoder.Block decoded) throws Http2Exception {
        if (stream.remoteEnded()) {
            throw Http2Exception.stream(stream.id(), ErrorCode.STREAM_CLOSED, "HEADERS behind the end of a stream");
        }
        if (!pending.endStream() || decoded.tooLarge()) {
            throw Http2Exception.stream(stream.id(), ErrorCode.PROTOCOL_ERROR, "trailers end a stream, and are small");
        }
        stream.complete(RequestFields.trailers(stream.id(), decoded.fields()));
        streams.settle(stream, Streams.End.BY_CLIENT);
    }

    private void priority() throws IOException {
        budgets.control().spend(1, "PRIORITY frames");
        require(in.stream() != 0, "PRIORITY concerns a stream");
        if (in.length() != 5) {
            throw Http2Exception.stream(in.stream(), ErrorCode.FRAME_SIZE_ERROR, "PRIORITY has five octets");
        }
        if ((Frame.word(in.payload(), in.from()) & 0x7fffffff) == in.stream()) {
            throw Http2Exception.stream(in.stream(), ErrorCode.PROTOCOL_ERROR, "a stream depends on itself");
        }
    }

    private void rstStream() throws IOException {
        size(4, "RST_STREAM");
        require(in.stream() != 0 && in.stream() <= streams.last(), "RST_STREAM of a stream that was never open");
        budgets.resets().spend(1, "streams that the client reset");
        var stream = streams.get(in.stream());
        if (stream != null && stream.reset("the client took the request back")) {
            streams.settle(stream, Streams.End.BY_CLIENT);
        }
    }

    private void settings() throws IOException {
        require(in.stream() == 0, "SETTINGS concerns the connection");
        if (in.has(Frame.ACK)) {
            size(0, "the acknowledgment of SETTINGS");
            budgets.control().spend(1, "acknowledgments");
            return;
        }
        budgets.control().spend(SETTINGS, "SETTINGS frames");
        PeerSettings.apply(in.payload(), in.from(), in.to(), out, sendWindow, streams.all());
        out.settingsAck();
    }

    private void ping() throws IOException {
        require(in.stream() == 0, "PING concerns the connection");
        size(8, "PING");
        budgets.control().spend(1, "PING frames");
        if (!in.has(Frame.ACK)) {
            out.ping(in.copy(), true);
        } else if (leaving && lastTaken == Integer.MAX_VALUE) {
            lastTaken = streams.last();
            out.goAway(lastTaken, ErrorCode.NO_ERROR);
        }
    }

    private void windowUpdate() throws IOException {
        size(4, "WINDOW_UPDATE");
        budgets.control().spend(1, "WINDOW_UPDATE frames");
        int octets = Frame.word(in.payload(), in.from()) & 0x7fffffff;
        if (in.stream() == 0) {
            require(octets > 0, "a window grows by 1 or more");
            if (!sendWindow.grant(octets)) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window is less than 2^31");
            }
            return;
        }
        require(in.stream() <= streams.last(), "WINDOW_UPDATE of a stream that was never open");
        var stream = streams.get(in.stream());
        if (stream == null) {
            // it crossed the end of the answer
            return;
        }
        if (octets == 0) {
            throw Http2Exception.stream(in.stream(), ErrorCode.PROTOCOL_ERROR, "a window grows by 1 or more");
        }
        if (!stream.window().grant(octets)) {
            throw Http2Exception.stream(in.stream(), ErrorCode.FLOW_CONTROL_ERROR, "a window is less than 2^31");
        }
    }

    private void size(int octets, String what) throws Http2Exception {
        if (in.length() != octets) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, what + " has " + octets + " octets");
        }
    }

    private static void require(boolean condition, String rule) throws Http2Exception {
        if (!condition) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, rule);
        }
    }
}
