package dev.gatehouse.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A target of a service that can be broken in several ways, and counts what it is asked. */
final class FaultyTarget implements AutoCloseable {

    private static final int BACKLOG = 1000;
    private static final int TRIES = 50;
    private static final long TRY_NANOS = 20_000_000;
    private static final byte[] BODY = "0123456789abcdef".repeat(512).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + BODY.length
                    + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WHOLE = whole();

    enum State {
        WELL,
        /** Takes requests and never answers. */
        HANGS,
        SLOW,
        /** Half of each body, then the connection is reset. */
        RESETS,
        /** As a process that was killed: no listener, no connection. */
        DOWN
    }

    private final InetAddress address;
    private final int port;
    private final Duration slow;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private volatile State state = State.WELL;
    private @Nullable ServerSocket listener;

    /**
     * @param port 0: any
     * @param slow how long it takes to answer while it is slow
     */
    FaultyTarget(String address, int port, Duration slow) {
        this.slow = slow;
        try {
            this.address = InetAddress.ofLiteral(address);
            var first = listen(port);
            this.port = first.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("A target cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** Requests so far, health checks apart. */
    long asked() {
        return asked.get();
    }

    /** Answers that were cut within their body. */
    long resets() {
        return resets.get();
    }

    synchronized void is(State next) {
        state = next;
        try {
            if (next == State.DOWN) {
                close();
            } else if (listener == null) {
                listenAgain();
            }
        } catch (IOException e) {
            throw new BenchException("A target cannot listen again: " + e.getMessage(), e);
        }
    }

    /** Somebody's outgoing connection may have the port for a moment. */
    private void listenAgain() throws IOException {
        for (int i = 0; ; i++) {
            try {
                listen(port);
                return;
            } catch (BindException e) {
                if (i == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(TRY_NANOS);
            }
        }
    }

    private synchronized ServerSocket listen(int wanted) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, wanted), BACKLOG);
        listener = socket;
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                var connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // down
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var line = in.readLine(); line != null && state != State.DOWN; line = in.readLine()) {
                boolean check = line.startsWith("GET /health");
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                if (!check) {
                    asked.incrementAndGet();
                }
                answer(connection, check);
            }
        } catch (IOException | InterruptedException e) {
            // the other side is gone
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(Socket connection, boolean check) throws IOException, InterruptedException {
        var out = connection.getOutputStream();
        switch (state) {
            case WELL -> out.write(WHOLE);
            case SLOW -> {
                Thread.sleep(slow);
                out.write(WHOLE);
            }
            case HANGS -> {
                while (state == State.HANGS) {
                    Thread.sleep(10);
                }
                connection.close();
            }
            case RESETS -> {
                if (check) {
                    out.write(WHOLE);
                } else {
                    out.write(WHOLE, 0, HEAD.length + BODY.length / 2);
                    resets.incrementAndGet();
                    reset(connection);
                }
            }
            case DOWN -> reset(connection);
        }
    }

    private static byte[] whole() {
        var whole = new byte[HEAD.length + BODY.length];
        System.arraycopy(HEAD, 0, whole, 0, HEAD.length);
        System.arraycopy(BODY, 0, whole, HEAD.length, BODY.length);
        return whole;
    }

    private static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    @Override
    public synchronized void close() {
        var socket = listener;
        listener = null;
        try {
            if (socket != null) {
                socket.close();
            }
            for (var connection : connections) {
                reset(connection);
            }
        } catch (IOException e) {
            // gone in any case
        }
    }
}
