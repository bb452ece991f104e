package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.node.backend.HealthProbe.Outcome;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** When one endpoint is asked whether it is well: again and again, and never twice at once. */
final class Checkup {

    private final HealthCheck settings;
    private final HealthProbe probe;
    private final AtomicBoolean running = new AtomicBoolean();
    private long due;

    /** @param now the first one is due by then */
    Checkup(HealthCheck settings, Reach reach, long now) {
        this.settings = settings;
        probe = new HealthProbe(reach, settings);
        due = now;
    }

    /** By a clock's thread: where it is time, a check begins on another one. */
    void tick(long now, Consumer<Outcome> then) {
        if (settings.kind() != HealthCheck.Kind.NONE && now - due >= 0) {
            due = now + pause(settings, ThreadLocalRandom.current());
            run(then);
        }
    }

    /** Until the next one, in nanoseconds. */
    static long pause(HealthCheck settings, RandomGenerator random) {
        double jitter = random.nextDouble(-1, 1) * settings.jitter() / 100;
        return (long) (settings.interval().toNanos() * (1 + jitter));
    }

    /** At once, unless one runs. */
    void run(Consumer<Outcome> then) {
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("health").start(() -> {
                try {
                    then.accept(probe.run());
                } finally {
                    running.set(false);
                }
            });
        }
    }
}
