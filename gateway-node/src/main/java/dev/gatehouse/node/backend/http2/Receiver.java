package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.hpack.HpackDecoder;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.HeaderBlock;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a connection to its end, and brings every frame where it belongs. Never waits for anybody but the server. */
final class Receiver {

    /** SETTINGS_HEADER_TABLE_SIZE; the default, so that it need not be announced. */
    private static final int TABLE = 4096;

    private static final int FIELDS = 200;

    private static final int BLOCK = 64 << 10;

    private static final int BLOCK_FRAMES = 32;

    /** DATA without a byte, in a row. */
    private static final int EMPTY = 1000;

    private final Http2Connection connection;
    private final FrameReader frame;
    private final HpackDecoder decoder;
    private @Nullable HeaderBlock block;
    private boolean greeted;
    private int empty;

    Receiver(Http2Connection connection, InputStream in, int headerList) {
        this.connection = connection;
        frame = new FrameReader(in);
        decoder = new HpackDecoder(TABLE, headerList, FIELDS);
    }

    void run() {
        try {
            while (true) {
                frame.next();
                receive();
            }
        } catch (Http2Exception e) {
            connection.goodbye(e.code());
            connection.fail(e);
        } catch (IOException e) {
            connection.fail(e);
        } catch (RuntimeException e) {
            connection.fail(new IOException("a frame could not be read", e));
        }
    }

    private void receive() throws IOException {
        int type = frame.type();
        if (!greeted && (type != Frame.SETTINGS || frame.has(Frame.ACK))) {
            throw protocol("a connection begins with SETTINGS");
        }
        greeted = true;
        if (block != null && (type != Frame.CONTINUATION || frame.stream() != block.stream())) {
            throw protocol("a header block was interrupted");
        }
        connection.heard(type <= Frame.HEADERS);
        switch (type) {
            case Frame.DATA -> data();
            case Frame.HEADERS -> headers();
            case Frame.RST_STREAM -> reset();
            case Frame.SETTINGS -> settings();
            case Frame.PUSH_PROMISE -> throw protocol("pushes are not taken");
            case Frame.PING -> ping();
            case Frame.GOAWAY -> goAway();
            case Frame.WINDOW_UPDATE -> windowUpdate();
            case Frame.CONTINUATION -> continuation();
            // PRIORITY, and what is unknown: RFC 9113, 5.5
            default -> {}
        }
    }

    private void data() throws IOException {
        requireBegun();
        frame.unpack();
        boolean last = frame.has(Frame.END_STREAM);
        empty = frame.length() > 0 || last ? 0 : empty + 1;
        if (empty > EMPTY) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "too much DATA without a byte");
        }
        var stream = connection.stream(frame.stream());
        if (stream != null) {
            int padding = frame.length() - (frame.to() - frame.from());
            try {
                stream.data(frame.payload(), frame.from(), frame.to(), padding, last);
            } catch (Http2Exception e) {
                connection.breakOff(stream, e);
            }
        }
        connection.received(frame.length());
    }

    private void headers() throws IOException {
        requireBegun();
        frame.unpack();
        block = new HeaderBlock(frame.stream(), frame.has(Frame.END_STREAM), BLOCK, BLOCK_FRAMES);
        continuation();
    }

    private void continuation() throws IOException {
        var pending = block;
        if (pending == null) {
            throw protocol("a CONTINUATION of nothing");
        }
        pending.add(frame.payload(), frame.from(), frame.to());
        if (frame.has(Frame.END_HEADERS)) {
            block = null;
            fields(pending);
        }
    }

    private void fields(HeaderBlock whole) throws IOException {
        var stream = connection.stream(whole.stream());
        // whoever it is for: the next block builds on it
        var decoded = decode(whole);
        if (stream != null) {
            try {
                stream.headers(decoded.tooLarge() ? null : decoded.fields(), whole.endStream());
            } catch (Http2Exception e) {
                connection.breakOff(stream, e);
            }
        }
    }

    private HpackDecoder.Block decode(HeaderBlock whole) throws Http2Exception {
        try {
            return decoder.decode(whole.octets(), 0, whole.length());
        } catch (WireException e) {
            throw Http2Exception.connection(ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private void reset() throws IOException {
        requireBegun();
        requireLength(4);
        var stream = connection.stream(frame.stream());
        if (stream != null) {
            connection.reset(stream, ErrorCode.of(frame.number(0)));
        }
    }

    private void settings() throws IOException {
        requireConnection();
        if (frame.has(Frame.ACK)) {
            requireLength(0);
        } else {
            connection.apply(new Settings(frame.payload(), frame.length()));
        }
    }

    private void ping() throws IOException {
        requireConnection();
        requireLength(8);
        if (!frame.has(Frame.ACK)) {
            var payload = frame.payload();
            connection.send(Frame.of(Frame.PING, Frame.ACK, 0, Frame.word(payload, 0), Frame.word(payload, 4)));
        }
    }

    private void goAway() throws IOException {
        requireConnection();
        if (frame.length() < 8) {
            throw length();
        }
        connection.goingAway(frame.number(0));
    }

    private void windowUpdate() throws IOException {
        requireLength(4);
        if (frame.stream() != 0) {
            requireBegun();
        }
        int increment = frame.number(0);
        if (increment == 0) {
            throw protocol("a window grows by at least one");
        }
        connection.grant(frame.stream(), increment);
    }

    private void requireBegun() throws Http2Exception {
        if (!connection.known(frame.stream())) {
            throw protocol("a frame of a stream that was never begun");
        }
    }

    private void requireConnection() throws Http2Exception {
        if (frame.stream() != 0) {
            throw protocol("a frame of the connection on a stream");
        }
    }

    private void requireLength(int length) throws Http2Exception {
        if (frame.length() != length) {
            throw length();
        }
    }

    private static Http2Exception length() {
        return Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a frame has the wrong length");
    }

    private static Http2Exception protocol(String rule) {
        return Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, rule);
    }
}
