package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Version;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the disk what is served: what is new of the keys at once, the rest soon. To write down ten thousand routes takes
 * a core for a tenth of a second, which not every revision of a busy day may cost. For one thread.
 */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final long BETWEEN_WRITES = Duration.ofSeconds(5).toNanos();

    private final Loader loader;
    private final Disk disk;
    private final KeyLog keyLog;
    private Optional<Version> unkept = Optional.empty();
    private long wroteNanos = System.nanoTime() - BETWEEN_WRITES;
    private String trouble = "";

    Keeping(Loader loader, Disk disk, KeyLog keyLog) {
        this.loader = loader;
        this.disk = disk;
        this.keyLog = keyLog;
    }

    /** That is served from now on. */
    void take(Version version) {
        unkept = Optional.of(version);
        attempt(() -> loader.keepKeys(version, keyLog));
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
        loader.keepKeys(version, keyLog);
        disk.save(loader.stored(version));
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
