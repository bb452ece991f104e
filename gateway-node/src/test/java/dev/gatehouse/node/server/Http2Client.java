package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.hpack.HpackDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A client that sends exactly the frames it is told to. */
public final class Http2Client implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int PROTOCOL_ERROR = 1;
    static final int FLOW_CONTROL_ERROR = 3;
    static final int STREAM_CLOSED = 5;
    static final int FRAME_SIZE_ERROR = 6;
    static final int REFUSED_STREAM = 7;
    static final int COMPRESSION_ERROR = 9;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int PATIENCE_MILLIS = 20_000;

    static final class Frame {

        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        byte[] payload() {
            return payload;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** The last number in it: the code of a RST_STREAM or a GOAWAY. */
        int code() {
            return ByteBuffer.wrap(payload).getInt(payload.length == 4 ? 0 : 4);
        }

        int first() {
            return ByteBuffer.wrap(payload).getInt();
        }
    }

    /** A response, read to its end. */
    public record Answer(Headers headers, String body, Headers trailers) {

        public int status() {
            return Integer.parseInt(headers.first(":status").orElseThrow());
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private String authority = "a";
    private final HpackDecoder decoder = new HpackDecoder(4096, 1 << 20, 1000);
    private final Map<Integer, Headers> heads = new HashMap<>();

    /** Connected, nothing sent. */
    Http2Client(int port) {
        this(connected(port));
    }

    public Http2Client(Socket connected) {
        socket = connected;
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With preface and settings exchanged. */
    static Http2Client to(HttpListener listener, int... settings) {
        return new Http2Client(listener.port()).begin(settings);
    }

    /** Whose requests the next ones are. */
    public Http2Client as(String host) {
        authority = host;
        return this;
    }

    /** Exchanges preface and settings. */
    public Http2Client begin(int... settings) {
        preface().settings(settings);
        await(frame -> frame.type == SETTINGS && frame.has(ACK));
        return frame(SETTINGS, ACK, 0);
    }

    Http2Client preface() {
        return raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** @param idsAndValues id, value, id, value … */
    Http2Client settings(int... idsAndValues) {
        var payload = ByteBuffer.allocate(idsAndValues.length * 3);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            payload.putShort((short) idsAndValues[i]).putInt(idsAndValues[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    Http2Client frame(int type, int flags, int stream, byte... payload) {
        var frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        return raw(frame.array());
    }

    Http2Client number(int type, int stream, int value) {
        return frame(type, 0, stream, ByteBuffer.allocate(4).putInt(value).array());
    }

    Http2Client raw(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Http2Client get(int stream, String path, String... more) {
        return head("GET", stream, path, true, more);
    }

    /** With a body to come. */
    Http2Client post(int stream, String path, String... more) {
        return head("POST", stream, path, false, more);
    }

    private Http2Client head(String method, int stream, String path, boolean end, String... more) {
        var names = new String[] {":method", method, ":scheme", "http", ":path", path, ":authority", authority};
        var all = Arrays.copyOf(names, names.length + more.length);
        System.arraycopy(more, 0, all, names.length, more.length);
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(all));
    }

    Http2Client data(int stream, String text, boolean end) {
        return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A field block, whatever its names and values. */
    static byte[] block(String... namesAndValues) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        if (text.length() < 127) {
            block.write(text.length());
        } else {
            block.write(127);
            int rest = text.length() - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of an answer of HTTP/1.1. */
    String http1Head() {
        var head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head.toString();
    }

    /** The next frame. */
    Frame next() throws IOException {
        int start = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        var payload = in.readNBytes(start >>> 8);
        var frame = new Frame(start & 0xff, flags, stream, payload);
        if (frame.type == HEADERS) {
            heads.put(stream, decoder.decode(payload, 0, payload.length).fields());
        }
        return frame;
    }

    /** The next frame of that kind, others are read over. */
    Frame await(Predicate<Frame> wanted) {
        try {
            while (true) {
                var frame = next();
                if (wanted.test(frame)) {
                    return frame;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Frame await(int type, int stream) {
        return await(frame -> frame.type == type && frame.stream == stream);
    }

    /** The error code that stream is reset with. */
    int reset(int stream) {
        return await(RST_STREAM, stream).code();
    }

    /** What the last HEADERS of that stream said. */
    Headers fields(int stream) {
        return heads.getOrDefault(stream, new Headers());
    }

    /** The next head of that stream. */
    Headers head(int stream) {
        await(HEADERS, stream);
        return fields(stream);
    }

    /** The rest of an answer, the windows kept open. */
    public Answer answer(int stream) {
        var headers = new Headers();
        var trailers = new Headers();
        var body = new StringBuilder();
        while (true) {
            var frame = await(one -> one.stream == stream && (one.type <= HEADERS || one.type == RST_STREAM));
            if (frame.type == RST_STREAM) {
                throw new IllegalStateException("reset: " + frame.code() + " after " + headers + body.length());
            }
            if (frame.type == HEADERS) {
                (headers.size() == 0 ? headers : trailers).addAll(fields(stream));
            } else if (frame.payload.length > 0) {
                body.append(new String(frame.payload, StandardCharsets.ISO_8859_1));
                number(WINDOW_UPDATE, 0, frame.payload.length);
                if (!frame.has(END_STREAM)) {
                    number(WINDOW_UPDATE, stream, frame.payload.length);
                }
            }
            if (frame.has(END_STREAM)) {
                return new Answer(headers, body.toString(), trailers);
            }
        }
    }

    /** The error code of the GOAWAY after which both sides end; -1 when the server closes without. */
    int gone() {
        int code = -1;
        try {
            while (true) {
                var frame = next();
                if (frame.type == GOAWAY) {
                    code = frame.code();
                    socket.shutdownOutput();
                }
            }
        } catch (EOFException | SocketException e) {
            return code;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
