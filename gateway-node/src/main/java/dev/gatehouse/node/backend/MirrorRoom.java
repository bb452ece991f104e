package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The copies to one service: as many as there is room for, the others dropped. No method waits. */
final class MirrorRoom {

    private static final System.Logger LOG = System.getLogger(MirrorRoom.class.getName());

    /** For how long a dropped copy is worth telling. */
    private static final long LATELY = Duration.ofMinutes(1).toNanos();

    private final String name;
    private final MirrorLimits limits;
    private final Semaphore places;
    private final Semaphore turns;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong droppedAt = new AtomicLong(System.nanoTime() - LATELY);

    MirrorRoom(String name, MirrorLimits limits) {
        this.name = name;
        this.limits = limits;
        places = new Semaphore(limits.copies());
        turns = new Semaphore(limits.busy());
    }

    /** A place for one copy, which must be left or sent. False: all are taken, and that is counted. */
    boolean enter() {
        if (places.tryAcquire()) {
            return true;
        }
        dropped.increment();
        droppedAt.set(System.nanoTime());
        return false;
    }

    /** The copy is not sent after all. */
    void leave() {
        places.release();
    }

    /** Sends a copy that has a place, on a thread of its own. */
    void send(Exchange copy, Handler service) {
        copy.answerWithin(limits.time());
        Thread.ofVirtual().name("mirror").start(() -> {
            try {
                run(copy, service);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                failed.increment();
                LOG.log(Level.DEBUG, "a copy to " + name + " failed", e);
            } finally {
                places.release();
            }
        });
    }

    private void run(Exchange copy, Handler service) throws IOException, InterruptedException {
        if (!turns.tryAcquire(copy.nanosLeft(), TimeUnit.NANOSECONDS)) {
            failed.increment();
            return;
        }
        try (var response = service.handle(copy)) {
            read(response, copy);
            (response.rejection() == null ? answered : failed).increment();
        } finally {
            turns.release();
        }
    }

    /** To its end, so that its connection can be used again; one that is long or slow is given up with it. */
    private void read(Response response, Exchange copy) throws IOException {
        var piece = new byte[8 << 10];
        long left = limits.answer();
        int count = 0;
        while (count >= 0 && left > 0 && copy.nanosLeft() > 0) {
            count = response.body().stream().read(piece);
            left -= Math.max(0, count);
        }
    }

    /** Has a copy been dropped lately? */
    boolean behind() {
        return System.nanoTime() - droppedAt.get() < LATELY;
    }

    /** Is no copy held? */
    boolean idle() {
        return places.availablePermits() == limits.copies();
    }

    /** Copies that were answered, whatever the answer. */
    long answered() {
        return answered.sum();
    }

    /** Copies that got no answer. */
    long failed() {
        return failed.sum();
    }

    /** Requests that were not copied because there was no room. */
    long dropped() {
        return dropped.sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
