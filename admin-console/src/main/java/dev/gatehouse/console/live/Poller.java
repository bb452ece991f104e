package dev.gatehouse.console.live;

import com.vaadin.flow.component.Component;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks once a second, and when it is told to, whether one browser watches or fifty. What failed keeps its last answer, with its age. */
public final class Poller<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(3);
    private static final String SILENT = "it is silent";

    private final Function<Optional<T>, T> question;
    private final Clock clock;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Thread ageing;
    private volatile Reading<T> reading;
    private boolean asking;
    private volatile boolean hurried;
    private volatile boolean closed;

    /** @param question gives the answer that follows the previous one; may throw */
    public Poller(String name, Clock clock, Function<Optional<T>, T> question) {
        this.question = question;
        this.clock = clock;
        var now = clock.instant();
        this.reading = new Reading<>(Optional.empty(), now, now, "");
        this.thread = Thread.ofVirtual().name("poll-" + name).unstarted(this::run);
        this.thread.start(); // only now: a first question that fails at once is logged under the thread's name
        this.ageing = Thread.ofVirtual().name("age-" + name).start(this::age);
    }

    public Reading<T> current() {
        return reading;
    }

    /** Shows the newest reading in a component for as long as that is attached. */
    public void bind(Component component, Consumer<Reading<T>> show) {
        component.addAttachListener(attached -> {
            show.accept(reading);
            var watcher = new Watcher(attached.getUI(), () -> {
                if (component.isAttached()) { // what is shown beside it may have taken it away a moment ago
                    show.accept(reading);
                }
            });
            watchers.add(watcher);
            component.addDetachListener(detached -> {
                watchers.remove(watcher);
                detached.unregisterListener();
            });
        });
    }

    /** Asks now rather than within the second: there is something to be seen. */
    public void soon() {
        hurried = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        long next = System.nanoTime();
        while (!closed) {
            hurried = false;
            ask();
            watchers.forEach(Watcher::wake);
            long now = System.nanoTime();
            next = Math.clamp(next + PERIOD_NANOS, now, now + PERIOD_NANOS);
            while (!closed && !hurried && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void ask() {
        var before = asking();
        try {
            var answer = question.apply(before.value());
            var now = clock.instant();
            answered(new Reading<>(Optional.of(answer), now, now, ""));
        } catch (RuntimeException e) {
            if (before.trouble().isEmpty()) {
                LOG.warn("{} got no answer: {}", thread.getName(), e.toString());
            }
            answered(new Reading<>(before.value(), before.at(), clock.instant(), reason(e)));
        }
    }

    private synchronized Reading<T> asking() {
        asking = true;
        return reading;
    }

    private synchronized void answered(Reading<T> next) {
        asking = false;
        reading = next;
    }

    /** Who is asked may be silent for long before that is an error: meanwhile the last answer gets older in sight of all. */
    private void age() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            if (missed()) {
                watchers.forEach(Watcher::wake);
            }
        }
    }

    private synchronized boolean missed() {
        var trouble = reading.trouble().isEmpty() ? SILENT : reading.trouble();
        var aged = new Reading<>(reading.value(), reading.at(), clock.instant(), trouble);
        if (!asking || !aged.stale()) {
            return false;
        }
        reading = aged;
        return true;
    }

    private static String reason(RuntimeException e) {
        var message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Waits for the question that is being asked, since what it asks is about to be closed. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(ageing);
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
