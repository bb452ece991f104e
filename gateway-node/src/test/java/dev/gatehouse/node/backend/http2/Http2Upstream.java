package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.hpack.HpackDecoder;
import dev.gatehouse.node.wire.http2.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that speaks HTTP/2 on a raw socket and says exactly the frames of its script, connection by connection. */
public final class Http2Upstream implements AutoCloseable {

    public static final int DATA = Frame.DATA;
    public static final int HEADERS = Frame.HEADERS;
    public static final int RST_STREAM = Frame.RST_STREAM;
    public static final int SETTINGS = Frame.SETTINGS;
    public static final int PUSH_PROMISE = Frame.PUSH_PROMISE;
    public static final int PING = Frame.PING;
    public static final int GOAWAY = Frame.GOAWAY;
    public static final int WINDOW_UPDATE = Frame.WINDOW_UPDATE;
    public static final int CONTINUATION = Frame.CONTINUATION;

    /** What happens on one connection. It is closed when the script ends. */
    @FunctionalInterface
    public interface Script {
        void play(Peer gateway) throws IOException, InterruptedException;
    }

    /** @param payload one character an octet */
    public record Received(int type, int flags, int stream, String payload) {

        public byte[] bytes() {
            return payload.getBytes(StandardCharsets.ISO_8859_1);
        }

        public int word(int at) {
            return Frame.word(bytes(), at);
        }
    }

    public record Request(int stream, Headers head, String body, Headers trailers) {}

    private final ServerSocket server;
    private final Script[] scripts;
    private final Thread acceptor;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    /** @param scripts one for each connection; the last one serves all that follow */
    public Http2Upstream(Script... scripts) {
        this(listen(), scripts);
    }

    public Http2Upstream(ServerSocket server, Script... scripts) {
        this.server = server;
        this.scripts = scripts;
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    /** Greets, and gives each request of the connection that answer. */
    public static Script answering(String body) {
        return gateway -> {
            gateway.greet();
            gateway.answerAll(body);
        };
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int connections() {
        return accepted.size();
    }

    /** How many of them are over. */
    public int ended() {
        return ended.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            // a virtual thread that waits to accept closes the port only when it wakes, and takes who came until then
            acceptor.join();
            for (var socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            for (int i = 0; ; i++) {
                var socket = server.accept();
                accepted.add(socket);
                var script = scripts[Math.min(i, scripts.length - 1)];
                Thread.ofVirtual().start(() -> play(script, socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Peer(socket));
        } catch (IOException e) {
            // the gateway was done first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.incrementAndGet();
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's end of one connection. */
    public static final class Peer {

        private final Socket socket;
        private final InputStream in;
        private final FrameReader frames;
        private final HpackDecoder decoder = new HpackDecoder(4096, 64 << 10, 200);

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            frames = new FrameReader(in);
        }

        /** Reads the preface and sends SETTINGS: id, value, id, value … */
        public void greet(int... settings) throws IOException {
            in.readNBytes(24);
            settings(settings);
        }

        public void settings(int... settings) throws IOException {
            var payload = new byte[settings.length * 3];
            for (int i = 0; i < settings.length; i += 2) {
                payload[i * 3 + 1] = (byte) settings[i];
                Frame.word(payload, i * 3 + 2, settings[i + 1]);
            }
            send(Frame.SETTINGS, 0, 0, payload);
        }

        /** The next frame, whatever it is. */
        public Received frame() throws IOException {
            frames.next();
            return new Received(
                    frames.type(),
                    (frames.has(1) ? 1 : 0) | (frames.has(4) ? 4 : 0) | (frames.has(8) ? 8 : 0),
                    frames.stream(),
                    new String(frames.payload(), 0, frames.length(), StandardCharsets.ISO_8859_1));
        }

        /** The next one of that type; others are read over. */
        public Received frame(int type) throws IOException {
            while (true) {
                var frame = frame();
                if (frame.type() == type) {
                    return frame;
                }
            }
        }

        /** The next request's head; whatever comes before is read over. */
        public Request head() throws IOException {
            var frame = frame(Frame.HEADERS);
            return new Request(frame.stream(), decode(frame), "", new Headers());
        }

        /** The next request, to its end. */
        public Request request() throws IOException {
            var first = frame(Frame.HEADERS);
            var head = decode(first);
            var body = new ByteArrayOutputStream();
            var trailers = new Headers();
            for (var frame = first; (frame.flags() & Frame.END_STREAM) == 0; ) {
                frame = frame();
                if (frame.type() == Frame.DATA) {
                    body.writeBytes(frame.bytes());
                } else if (frame.type() == Frame.HEADERS) {
                    trailers = decode(frame);
                } else {
                    // has no end of a stream
                    frame = new Received(frame.type(), 0, 0, frame.payload());
                }
            }
            return new Request(first.stream(), head, body.toString(StandardCharsets.ISO_8859_1), trailers);
        }

        /** Gives each request from now on that answer. */
        public void answerAll(String body) throws IOException {
            while (true) {
                answer(request().stream(), body);
            }
        }

        public void answer(int stream, String body) throws IOException {
            headers(stream, false, ":status", "200");
            data(stream, body, true);
        }

        public void headers(int stream, boolean last, String... namesAndValues) throws IOException {
            send(Frame.HEADERS, Frame.END_HEADERS | (last ? Frame.END_STREAM : 0), stream, block(namesAndValues));
        }

        public void data(int stream, String body, boolean last) throws IOException {
            send(Frame.DATA, last ? Frame.END_STREAM : 0, stream, body.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void reset(int stream, int code) throws IOException {
            send(Frame.RST_STREAM, 0, stream, words(code));
        }

        public void goAway(int last, int code) throws IOException {
            send(Frame.GOAWAY, 0, 0, words(last, code));
        }

        public void window(int stream, int more) throws IOException {
            send(Frame.WINDOW_UPDATE, 0, stream, words(more));
        }

        public void send(int type, int flags, int stream, byte... payload) throws IOException {
            var frame = new byte[Frame.HEAD + payload.length];
            Frame.head(frame, 0, payload.length, type, flags, stream);
            System.arraycopy(payload, 0, frame, Frame.HEAD, payload.length);
            sendRaw(frame);
        }

        public void sendRaw(byte... bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Reads until the gateway closes. */
        public void rest() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        public void close() throws IOException {
            socket.close();
        }

        /** The connection ends with a TCP reset. */
        public void abort() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** A header block, in literals that change no table: names and values as they are, good or bad. */
        public static byte[] block(String... namesAndValues) {
            var out = new ByteArrayOutputStream();
            for (int i = 0; i < namesAndValues.length; i++) {
                if (i % 2 == 0) {
                    out.write(0);
                }
                var text = namesAndValues[i].getBytes(StandardCharsets.ISO_8859_1);
                int rest = text.length - 0x7f;
                out.write(Math.min(text.length, 0x7f));
                for (; rest > 0x7f; rest >>>= 7) {
                    out.write((rest & 0x7f) | 0x80);
                }
                if (text.length >= 0x7f) {
                    out.write(rest);
                }
                out.writeBytes(text);
            }
            return out.toByteArray();
        }

        public static byte[] words(int... words) {
            var bytes = new byte[4 * words.length];
            for (int i = 0; i < words.length; i++) {
                Frame.word(bytes, 4 * i, words[i]);
            }
            return bytes;
        }

        private Headers decode(Received frame) throws IOException {
            var block = decoder.decode(frame.bytes(), 0, frame.payload().length());
            if (block.tooLarge()) {
                throw new IOException("a head is too large");
            }
            return block.fields();
        }
    }
}
