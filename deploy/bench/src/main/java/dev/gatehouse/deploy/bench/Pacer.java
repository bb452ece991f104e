package dev.gatehouse.deploy.bench;

import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Wakes a load whenever a request is due: a selector alone sleeps for whole milliseconds. */
final class Pacer implements AutoCloseable {

    private final Selector selector;
    private final List<Flow> flows;
    private final long begin;
    private final Thread thread;
    private volatile boolean done;

    private Pacer(Selector selector, List<Flow> flows, long begin) {
        this.selector = selector;
        this.flows = flows;
        this.begin = begin;
        thread = Thread.ofPlatform().daemon().name("pacer").unstarted(this::run);
    }

    static Pacer begin(Selector selector, List<Flow> flows, long begin) {
        var pacer = new Pacer(selector, flows, begin);
        if (!flows.isEmpty()) {
            pacer.thread.start();
        }
        return pacer;
    }

    private void run() {
        while (!done) {
            long now = System.nanoTime();
            long next = flows.stream()
                    .mapToLong(flow -> flow.dueAfter(begin, now))
                    .min()
                    .orElse(now);
            LockSupport.parkNanos(next - now);
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        done = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
