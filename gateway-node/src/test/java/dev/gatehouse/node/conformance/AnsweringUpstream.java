package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A service that answers each request with the octets it was last told. */
final class AnsweringUpstream implements AutoCloseable {

    private record Answer(String octets, boolean closes) {}

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Answer answer = new Answer("", true);

    AnsweringUpstream() {
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** From now on. */
    void answer(String octets, boolean closes) {
        answer = new Answer(octets, closes);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
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

    /** The requests have no body. */
    private void serve(Socket socket) {
        var unread = new StringBuilder();
        try (socket) {
            var buffer = new byte[16 << 10];
            int count;
            while ((count = socket.getInputStream().read(buffer)) >= 0) {
                unread.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                if (unread.indexOf("\r\n\r\n") >= 0) {
                    unread.setLength(0);
                    var now = answer;
                    socket.getOutputStream().write(now.octets().getBytes(StandardCharsets.ISO_8859_1));
                    if (now.closes()) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // the gateway was done first
        } finally {
            open.remove(socket);
        }
    }
}
