package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.ResponseHead;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that sends exactly the bytes it is given. */
public final class RawClient implements AutoCloseable {

    /** One response, read to its end. */
    public record Answer(int status, Headers headers, String body) {

        public String header(String name) {
            return headers.first(name).orElse("");
        }
    }

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final WireInput in;

    public RawClient(int port) {
        this(connected(port));
    }

    /** On a connection that is open, such as one over TLS. */
    public RawClient(Socket connected) {
        try {
            socket = connected;
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new WireInput(socket.getInputStream());
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

    /** One request on a connection of its own. */
    public static Answer ask(int port, String text) {
        try (var client = new RawClient(port)) {
            return client.send(text).answer();
        }
    }

    /** {@code \n} stands for CR LF. */
    public RawClient send(String lines) {
        return sendRaw(lines.replace("\n", "\r\n"));
    }

    public RawClient sendRaw(String octets) {
        return send(octets.getBytes(StandardCharsets.ISO_8859_1), octets.length());
    }

    public RawClient send(byte[] bytes, int length) {
        try {
            socket.getOutputStream().write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Answer answer() {
        return answer("GET");
    }

    /** @param method of the request: HEAD has no body */
    public Answer answer(String method) {
        try {
            var head = head();
            var body = body(head, method).readAllBytes();
            return new Answer(head.status(), head.headers(), new String(body, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ResponseHead head() {
        try {
            return ResponseHead.read(in, HeadLimits.RESPONSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BodyInput body(ResponseHead head, String method) throws IOException {
        return BodyInput.of(Framing.ofResponse(head, method), in);
    }

    /** Everything until the server closes; a reset counts as that. */
    public String rest() {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        try {
            int count;
            while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Whether the server has sent something that was not read. */
    public boolean hasAnswer() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed, of a client to whom it owes nothing. */
    public boolean ended() {
        try {
            socket.setSoTimeout(1);
            boolean ended = socket.getInputStream().read() < 0;
            socket.setSoTimeout(PATIENCE_MILLIS);
            return ended;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Exactly so many, fewer when the server ends. */
    public byte[] bytes(int count) {
        var bytes = new byte[count];
        try {
            int got = 0;
            for (int more; got < count && (more = in.read(bytes, got, count - got)) >= 0; ) {
                got += more;
            }
            return Arrays.copyOf(bytes, got);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more, and still reads. */
    public RawClient endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** With a reset. */
    public void abort() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
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
