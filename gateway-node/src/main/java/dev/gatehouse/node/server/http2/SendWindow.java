package dev.gatehouse.node.server.http2;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the client is ready to take, over the connection and of each stream: RFC 9113, 5.2 and 6.9. */
final class SendWindow {

    private static final int DEFAULT = 65_535;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long connection = DEFAULT;
    private int initial = DEFAULT;

    /** The part of one stream; negative when the client takes back what it granted. */
    final class OfStream {

        private final Wait patience;
        private long left = initial();
        private boolean closed;

        /** @param patience how long the client may keep the gateway waiting */
        OfStream(Wait patience) {
            this.patience = patience;
        }

        /**
         * Waits until the client takes something.
         *
         * @param most 1 or more
         * @return 1 to {@code most}: send exactly that
         */
        int take(int most) throws IOException {
            lock.lock();
            try {
                await();
                if (closed) {
                    throw new IOException("the stream was reset");
                }
                int taken = (int) Math.min(most, Math.min(left, connection));
                left -= taken;
                connection -= taken;
                patience.waited(0, taken);
                return taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                lock.unlock();
            }
        }

        /** {@code most} or nothing, at once. */
        boolean tryTake(int most) {
            lock.lock();
            try {
                if (closed || left < most || connection < most) {
                    return false;
                }
                left -= most;
                connection -= most;
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** False: the window would exceed 2^31 - 1. */
        boolean grant(int octets) {
            lock.lock();
            try {
                left += octets;
                changed.signalAll();
                return left <= Integer.MAX_VALUE;
            } finally {
                lock.unlock();
            }
        }

        /** Ends every wait. */
        void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void await() throws InterruptedException, IOException {
            while (!closed && (left <= 0 || connection <= 0)) {
                if (patience.left() <= 0) {
                    throw new IOException("the client takes too little of the answer");
                }
                long began = System.nanoTime();
                changed.await(patience.left(), TimeUnit.NANOSECONDS);
                patience.waited(System.nanoTime() - began, 0);
            }
        }
    }

    private int initial() {
        lock.lock();
        try {
            return initial;
        } finally {
            lock.unlock();
        }
    }

    /** False: the window would exceed 2^31 - 1. */
    boolean grant(int octets) {
        lock.lock();
        try {
            connection += octets;
            changed.signalAll();
            return connection <= Integer.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * RFC 9113, 6.9.2: the difference also applies to open streams.
     *
     * @return whether every window stays below 2^31
     */
    boolean initial(int octets, Iterable<OpenStream> open) {
        lock.lock();
        try {
            int difference = octets - initial;
            initial = octets;
            boolean fits = true;
            for (var stream : open) {
                fits &= stream.window().grant(difference);
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }
}
