package dev.gatehouse.deploy.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One node as its callers see it: so many connections, one request at a time on each. Nothing is ever sent twice. */
final class Gateway {

    /** How long nobody is sent to a node that does not take connections. */
    private static final long DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A node may close what was idle for longer just when a request is on its way. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int CONNECT_MILLIS = 1_000;

    /** Longer than any answer takes; who waits so long has got none. */
    private static final int ANSWER_MILLIS = 10_000;

    private final InetSocketAddress address;
    private final String key;
    private final Book book;
    private final long limit;
    private final int most;
    private final AtomicInteger busy = new AtomicInteger();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private volatile long downUntil = System.nanoTime();

    private record Connection(Socket socket, BufferedInputStream in) {}

    private record Idle(Connection connection, long since) {}

    /** @param most connections there may be at once */
    Gateway(InetSocketAddress address, String key, Book book, long limit, int most) {
        this.address = address;
        this.key = key;
        this.book = book;
        this.limit = limit;
        this.most = most;
    }

    /** Sends the request in a thread of its own, unless there is no connection free or nobody to take one. */
    boolean offer(int id) {
        if (System.nanoTime() - downUntil < 0) {
            return false;
        }
        if (busy.incrementAndGet() > most) {
            busy.decrementAndGet();
            return false;
        }
        Thread.ofVirtual().start(() -> {
            try {
                ask(id);
            } finally {
                busy.decrementAndGet();
            }
        });
        return true;
    }

    /** Requests under way. */
    int busy() {
        return busy.get();
    }

    private void ask(int id) {
        var connection = connection();
        if (connection == null) {
            return;
        }
        try {
            var request = "GET /ledger HTTP/1.1\r\nHost: ledger.test\r\nX-API-Key: " + key + "\r\n" + Upstream.FIELD
                    + ": " + id + "\r\n\r\n";
            book.send(id);
            connection.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = Answer.read(connection.in);
            book.answer(id, answer.status());
            if (answer.flawed(limit)) {
                book.flaw(id, answer.toString());
            }
            synchronized (idle) {
                idle.push(new Idle(connection, System.nanoTime()));
            }
        } catch (IOException e) {
            close(connection.socket);
        }
    }

    private @Nullable Connection connection() {
        synchronized (idle) {
            while (!idle.isEmpty()) {
                var free = idle.pop();
                if (System.nanoTime() - free.since < IDLE_NANOS) {
                    return free.connection;
                }
                close(free.connection.socket);
            }
        }
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(address, CONNECT_MILLIS);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream(), 2048));
        } catch (ConnectException e) {
            downUntil = System.nanoTime() + DOWN_NANOS;
        } catch (IOException e) {
            // nobody opened in time
        }
        close(socket);
        return null;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone anyway
        }
    }
}
