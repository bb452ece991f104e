package dev.gatehouse.node.resilience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Measures what decides whether a node has more to do than it can. */
public final class OverloadWatch implements AutoCloseable {

    private static final int PROBES = 5;
    private static final long PAUSE_MILLIS = TimeUnit.NANOSECONDS.toMillis(Admission.STEP) / PROBES;

    private final Overload overload;
    private final HeapUse heap = new HeapUse();
    private final Delay delay;
    private final Thread ticker;

    public OverloadWatch(Overload overload) {
        this.overload = overload;
        try {
            delay = new Delay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ticker = Thread.ofPlatform().daemon().name("overload").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                for (int i = 0; i < PROBES; i++) {
                    delay.send();
                    Thread.sleep(PAUSE_MILLIS);
                    delay.tell(overload.queue());
                }
                long now = System.nanoTime();
                overload.step(now, heap.percent(now));
            }
        } catch (InterruptedException | IOException e) {
            // closed
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        try {
            delay.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
