package dev.gatehouse.node.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that somebody accepts. Helidon's listener ends for good at the first accept that fails, and still says that
 * it runs; where memory runs out in the middle of that, its thread is gone and the port stays open. So the only proof is
 * to knock, and to be let in.
 */
final class AcceptWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AcceptWatch.class.getName());

    private static final int EVERY_MILLIS = 1_000;

    private static final int LOOK_MILLIS = 50;

    /** In vain, until it is believed that nobody will ever open: who accepts may only be slow. */
    private static final int KNOCKS = 5;

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
        int inVain = 0;
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                long now = doorway.passed();
                inVain = now == passed ? look(inVain) : 0;
                passed = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever fails, and without memory or descriptors anything may, the next second tries again. */
    private int look(int before) throws InterruptedException {
        int inVain = before;
        try {
            inVain = knock(before);
            if (inVain >= KNOCKS) {
                LOG.log(Level.ERROR, "Nobody accepts connections on {0} any more; listening anew", address);
                if (revival.getAsBoolean()) {
                    LOG.log(Level.WARNING, "Connections are accepted on {0} again", address);
                    inVain = 0;
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "cannot see whether somebody accepts", e);
        }
        return inVain;
    }

    /**
     * Without a descriptor to knock with there is nothing to be learned: that counts as opened.
     *
     * @return how often in vain, this time included; a closed port counts for all
     */
    private int knock(int inVain) throws InterruptedException {
        try (var socket = new Socket()) {
            socket.bind(null);
            doorway.expectKnock(socket.getLocalPort());
            socket.setSoLinger(true, 0);
            long before = doorway.passed();
            socket.connect(address, EVERY_MILLIS);
            for (int waited = 0; doorway.passed() == before; waited += LOOK_MILLIS) {
                if (waited >= EVERY_MILLIS) {
                    return inVain + 1;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return 0;
        } catch (ConnectException e) {
            return KNOCKS;
        } catch (SocketTimeoutException e) {
            // so many wait already that the system takes no more
            return inVain + 1;
        } catch (IOException e) {
            return 0;
        }
    }
}
