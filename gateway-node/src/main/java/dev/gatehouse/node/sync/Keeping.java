package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the disk what is served: what is new of the keys at once, the rest soon. To write down ten thousand routes takes
 * a core for a tenth of a second, which not every revision of a busy day may cost. For one thread.
 */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final long BETWEEN_WRITES = Duration.ofSeconds(5).toNanos();

    private final Consumer<Version> keys;
    private final Consumer<Version> configuration;
    private Optional<Version> unkept = Optional.empty();
    private long wroteNanos = System.nanoTime() - BETWEEN_WRITES;
    private String trouble = "";

    /**
     * @param keys writes what is new of the keys
     * @param configuration writes all the rest
     */
    Keeping(Consumer<Version> keys, Consumer<Version> configuration) {
        this.keys = keys;
        this.configuration = configuration;
    }

    /** That is served from now on. */
    void take(Version version) {
        unkept = Optional.of(version);
        attempt(() -> keys.accept(version));
    }

    /** Writes what is still to be written, unless that was done a moment ago. */
    void goOn() {
        if (System.nanoTime() - wroteNanos >= BETWEEN_WRITES) {
            finish();
        }
    }

    /** Writes what is still to be written. What fails is tried again. */
    void finish() {
        unkept.ifPresent(version -> {
            wroteNanos = System.nanoTime();
            if (attempt(() -> write(version))) {
                unkept = Optional.empty();
                trouble = "";
            }
        });
    }

    private void write(Version version) {
        keys.accept(version);
        configuration.accept(version);
    }

    /** Why this node could not restart without PostgreSQL; empty when it could. */
    String trouble() {
        return trouble;
    }

    private boolean attempt(Runnable keeping) {
        try {
            keeping.run();
            return true;
        } catch (RuntimeException e) {
            if (trouble.isEmpty()) {
                LOG.warn("{}", e.getMessage(), e);
            }
            trouble = e.getMessage() + ": this node could not restart without PostgreSQL.";
            return false;
        }
    }
}
