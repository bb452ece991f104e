package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A service on a raw socket, which says exactly the bytes of its script, connection by connection. */
final class ScriptedUpstream implements AutoCloseable {

    /** May wait to be accepted, those that were closed meanwhile among them: one too many tries again only after a second. */
    private static final int MANY = 1024;

    static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    /** What happens on one connection. It is closed when the script ends. */
    @FunctionalInterface
    interface Script {
        void play(Peer gateway) throws IOException, InterruptedException;
    }

    record Request(String method, String target, Headers headers, String body) {}

    private final ServerSocket server;
    private final Script[] scripts;
    private final Thread acceptor;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    /** @param scripts one for each connection; the last one serves all that follow */
    ScriptedUpstream(Script... scripts) {
        this(listen(), scripts);
    }

    ScriptedUpstream(ServerSocket server, Script... scripts) {
        this.server = server;
        this.scripts = scripts;
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request, on as many connections as are made. */
    static ScriptedUpstream answering(String answer) {
        return new ScriptedUpstream(always(answer));
    }

    /** Gives that answer to each request of a connection. */
    static Script always(String answer) {
        return gateway -> {
            while (true) {
                gateway.request();
                gateway.say(answer);
            }
        };
    }

    /** Reads one request, says that, and closes. */
    static Script once(String answer) {
        return gateway -> {
            gateway.request();
            gateway.say(answer);
        };
    }

    /** Reads one request, says that, and then nothing until the gateway closes. */
    static Script butThenSilence(String answer) {
        return gateway -> {
            gateway.request();
            gateway.say(answer);
            gateway.rest();
        };
    }

    int port() {
        return server.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** How many connections were made. */
    int connections() {
        return accepted.size();
    }

    /** The service's ends of them, open or over. */
    List<Socket> sockets() {
        return accepted;
    }

    /** How many of them are over. */
    int ended() {
        return ended.get();
    }

    /** Read so far, over all connections. */
    List<Request> requests() {
        return requests;
    }

    /** A virtual thread that waits to accept closes the port only when it wakes, and takes who came until then. */
    @Override
    public void close() {
        try {
            server.close();
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
                var script = scripts[Math.min(i, scripts.length - 1)];
                accepted.add(socket);
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
            return new ServerSocket(0, MANY, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service's end of one connection. */
    final class Peer {

        private final Socket socket;
        private final WireInput in;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new WireInput(socket.getInputStream());
        }

        /** The next one, read to the end of its body. */
        Request request() throws IOException {
            var head = head();
            var body = body(head).readAllBytes();
            var request = new Request(
                    head.method(), head.target(), head.headers(), new String(body, StandardCharsets.ISO_8859_1));
            requests.add(request);
            return request;
        }

        RequestHead head() throws IOException {
            var head = RequestHead.read(in, HeadLimits.REQUEST);
            if (head == null) {
                throw new EOFException("no further request");
            }
            return head;
        }

        BodyInput body(RequestHead head) throws IOException {
            return BodyInput.of(Framing.ofRequest(head), in);
        }

        /** {@code \n} stands for CR LF. */
        void say(String lines) throws IOException {
            sayRaw(lines.replace("\n", "\r\n"));
        }

        void sayRaw(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** So many bytes, piece by piece, counted as they are taken. */
        void pour(byte[] piece, long bytes, AtomicLong written) throws IOException {
            while (written.get() < bytes) {
                socket.getOutputStream().write(piece);
                written.addAndGet(piece.length);
            }
        }

        /** Everything until the gateway closes. */
        String rest() throws IOException {
            var text = new StringBuilder();
            var buffer = new byte[8192];
            int count;
            while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
