package dev.gatehouse.deploy.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A port of a process that was stopped: its queue of connections is full, so that the system answers nobody else. */
final class BlackHole implements AutoCloseable {

    private static final int MOST = 10_000;
    private static final int PATIENCE_MILLIS = 200;

    private final List<Socket> queued = new ArrayList<>();
    private final Runnable end;

    /** @param end lets the process go on */
    BlackHole(int port, Runnable end) {
        this.end = end;
        while (queued.size() < MOST && queue(port)) {
            // one more that nobody takes
        }
    }

    private boolean queue(int port) {
        var socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            for (var socket : queued) {
                socket.close();
            }
        } catch (IOException e) {
            // nobody was there
        }
        end.run();
    }
}
