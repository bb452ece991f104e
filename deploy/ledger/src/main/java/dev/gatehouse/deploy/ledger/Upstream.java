package dev.gatehouse.deploy.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The service behind the nodes: notes the number of each request that reaches it, and answers. */
final class Upstream implements AutoCloseable {

    /** In which a request says its number. */
    static final String FIELD = "Ledger-Id";

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    private static final int WAITING = 1024;

    private final ServerSocket server;
    private final Book book;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param port 0 for a free one */
    Upstream(int port, Book book) {
        this.book = book;
        try {
            server = new ServerSocket(port, WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new LedgerException("The service cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("service").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
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
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (take(in)) {
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            // the node was done first
        } finally {
            open.remove(socket);
        }
    }

    /** One head; what is asked for here has no bodies. False at the end of the connection. */
    private boolean take(InputStream in) throws IOException {
        for (var line = line(in); line != null; line = line(in)) {
            if (line.isEmpty()) {
                return true;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(FIELD)) {
                book.arrive(Integer.parseInt(line.substring(colon + 1).strip()));
            }
        }
        return false;
    }

    /** Without its end; null when the connection ended before. */
    static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
