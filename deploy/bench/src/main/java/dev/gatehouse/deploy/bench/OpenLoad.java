package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends requests when they are due, not when others have been answered, over connections that are kept. What is due while
 * none of them is free is sent later, and its time counts from when it was due. One thread, and one that wakes it.
 */
final class OpenLoad implements AutoCloseable {

    private static final int PIECE = 128 * 1024;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** Where more than that many a second are due, there is something to do each millisecond anyway. */
    private static final double SELDOM = 2_000;

    private final InetSocketAddress target;
    private final Selector selector;
    private final List<LoadConnection> all = new ArrayList<>();
    private final Deque<LoadConnection> free = new ArrayDeque<>();
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final boolean forgiven;
    private boolean starved;
    private long begin;

    OpenLoad(int port, int connections) {
        this(port, connections, false);
    }

    /**
     * One whose time counts from when a request is sent where a connection was free when it was due: that the load itself
     * was late, which shares its core with others, is nobody else's fault. What was due in time is sent, however late.
     */
    static OpenLoad forgiven(int port, int connections) {
        return new OpenLoad(port, connections, true);
    }

    private OpenLoad(int port, int connections, boolean forgiven) {
        this.forgiven = forgiven;
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                var connection = new LoadConnection(target, selector);
                all.add(connection);
                free.add(connection);
            }
        } catch (IOException e) {
            throw new BenchException("The load has no connections: " + e.getMessage(), e);
        }
    }

    /** Returns once all is answered, or too late. */
    void run(Duration time, Flow... flows) {
        begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (var _ = Pacer.begin(selector, seldom(flows), begin)) {
            for (long now = begin; now < end || (forgiven && late(flows, now - end)); now = System.nanoTime()) {
                for (var flow : flows) {
                    flow.plan(begin, Math.min(now, end));
                    while (flow.waits() && !free.isEmpty()) {
                        var connection = free.remove();
                        long due = flow.next(now);
                        if (!connection.send(flow, forgiven && !starved ? now : due)) {
                            again(connection);
                        }
                    }
                }
                starved = free.isEmpty();
                receive();
            }
            while (busy(flows) && System.nanoTime() - end < PATIENCE) {
                receive();
            }
            for (var connection : List.copyOf(all)) {
                if (connection.isBusy()) {
                    again(connection);
                }
            }
        } catch (IOException e) {
            throw new BenchException("The load cannot go on: " + e.getMessage(), e);
        }
        for (var flow : flows) {
            flow.stop();
        }
    }

    private static List<Flow> seldom(Flow... flows) {
        var planned = Stream.of(flows).filter(flow -> flow.rate() > 0).toList();
        return planned.stream().mapToDouble(Flow::rate).sum() > SELDOM ? List.of() : planned;
    }

    /** Is anything left to be sent that was due in time? */
    private static boolean late(Flow[] flows, long since) {
        return since < PATIENCE && Stream.of(flows).anyMatch(Flow::waits);
    }

    private static boolean busy(Flow... flows) {
        for (var flow : flows) {
            if (flow.underWay() > 0) {
                return true;
            }
        }
        return false;
    }

    private void receive() throws IOException {
        selector.select(1);
        for (var key : selector.selectedKeys()) {
            var connection = (LoadConnection) key.attachment();
            switch (connection.receive(piece, begin)) {
                case MORE -> {}
                case DONE -> free.add(connection);
                case OVER -> again(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    /** In its place a new one. */
    private void again(LoadConnection connection) throws IOException {
        connection.close();
        all.remove(connection);
        free.remove(connection);
        var fresh = new LoadConnection(target, selector);
        all.add(fresh);
        free.add(fresh);
    }

    @Override
    public void close() {
        try {
            for (var connection : all) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            // gone in any case
        }
    }
}
