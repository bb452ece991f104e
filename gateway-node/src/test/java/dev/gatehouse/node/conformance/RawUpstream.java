package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A service that keeps what it gets, octet by octet, and answers each whole request with the octets it is told. */
public final class RawUpstream implements AutoCloseable {

    private record Answer(Function<Sent, String> octets, boolean closes) {}

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Sent> requests = new CopyOnWriteArrayList<>();
    private final List<String> offences = new CopyOnWriteArrayList<>();
    private final AtomicInteger torn = new AtomicInteger();
    private volatile Answer answer = new Answer(RawUpstream::echo, false);

    /** Answers with the request's body. */
    public RawUpstream() {
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private static String echo(Sent request) {
        var body = request.body();
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + (request.method().equals("HEAD") ? "" : body);
    }

    /** From now on answers with that. */
    void answer(String octets, boolean closes) {
        answer = new Answer(_ -> octets, closes);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Whole requests since {@link #forget()}. */
    public List<Sent> requests() {
        return requests;
    }

    /** What was neither a whole request nor the beginning of one. */
    public List<String> offences() {
        return offences;
    }

    /** Connections that ended in the middle of a request. */
    int torn() {
        return torn.get();
    }

    public void forget() {
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
                if (answer(socket, unread)) {
                    return;
                }
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

    /** @return whether the connection is to end */
    private boolean answer(Socket socket, StringBuilder unread) throws IOException, Strict.Malformed {
        for (var taken = Sent.take(unread.toString()); taken.isPresent(); taken = Sent.take(unread.toString())) {
            unread.delete(0, taken.get().octets());
            var request = taken.get().request();
            requests.add(request);
            var now = answer;
            socket.getOutputStream().write(now.octets().apply(request).getBytes(StandardCharsets.ISO_8859_1));
            if (now.closes()) {
                return true;
            }
        }
        return false;
    }
}
