package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that keeps what it gets, octet by octet, and answers each whole request with its body. */
final class RecordingUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Sent> requests = new CopyOnWriteArrayList<>();
    private final List<String> offences = new CopyOnWriteArrayList<>();
    private final AtomicInteger torn = new AtomicInteger();

    RecordingUpstream() {
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Whole requests since {@link #forget()}. */
    List<Sent> requests() {
        return requests;
    }

    /** What was neither a whole request nor the beginning of one. */
    List<String> offences() {
        return offences;
    }

    /** Connections that ended in the middle of a request. */
    int torn() {
        return torn.get();
    }

    void forget() {
        requests.clear();
        offences.clear();
        torn.set(0);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        var unread = new StringBuilder();
        try (socket) {
            var buffer = new byte[16 << 10];
            int count;
            while ((count = socket.getInputStream().read(buffer)) >= 0) {
                unread.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                answer(socket, unread);
            }
        } catch (IOException e) {
            // the gateway was done first
        } catch (Strict.Malformed e) {
            offences.add(e.getMessage());
        } finally {
            open.remove(socket);
            if (!unread.isEmpty()) {
                torn.incrementAndGet();
            }
        }
    }

    private void answer(Socket socket, StringBuilder unread) throws IOException, Strict.Malformed {
        for (var taken = Sent.take(unread.toString()); taken.isPresent(); taken = Sent.take(unread.toString())) {
            unread.delete(0, taken.get().octets());
            var request = taken.get().request();
            requests.add(request);
            var body = request.body();
            var head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream()
                    .write((head + (request.method().equals("HEAD") ? "" : body))
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
