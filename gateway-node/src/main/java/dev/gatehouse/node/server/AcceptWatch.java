package dev.gatehouse.node.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that somebody accepts. Helidon's listener ends for good at the first accept that fails, and still says that
 * it runs, so the only proof is to knock at its port.
 */
final class AcceptWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AcceptWatch.class.getName());

    private static final int EVERY_MILLIS = 1_000;

    private final Doorway doorway;
    private final InetSocketAddress address;
    private final BooleanSupplier revival;
    private final Thread thread;

    /** @param revival listens anew; whether that worked */
    AcceptWatch(Doorway doorway, String host, int port, BooleanSupplier revival) {
        this.doorway = doorway;
        this.revival = revival;
        var bound = new InetSocketAddress(host, port);
        address = bound.getAddress() == null || bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : bound;
        thread = Thread.ofPlatform().daemon().name("gatehouse-accept-watch").start(this::watch);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        long passed = doorway.passed();
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                long now = doorway.passed();
                if (now == passed && !answered()) {
                    LOG.log(Level.ERROR, "Nobody accepts connections on {0} any more; listening anew", address);
                    if (revival.getAsBoolean()) {
                        LOG.log(Level.WARNING, "Connections are accepted on {0} again", address);
                    }
                }
                passed = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False only when the port is closed: without a descriptor to knock with there is nothing to be learned. */
    private boolean answered() {
        try (var socket = new Socket()) {
            socket.bind(null);
            doorway.expectKnock(socket.getLocalPort());
            socket.setSoLinger(true, 0);
            socket.connect(address, EVERY_MILLIS);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
