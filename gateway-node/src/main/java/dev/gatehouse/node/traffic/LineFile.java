package dev.gatehouse.node.traffic;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Appends a line of JSON for each record, ten times a second all that came meanwhile. Who adds one never waits: what is
 * too much, or cannot be written, is lost, and a line says how much. The file is opened anew each time, so that one that
 * was moved away is followed by a new one.
 */
public final class LineFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** That may wait to be written. */
    private static final int MOST = 20_000;

    /** Of a write. */
    private static final int PIECE = 1 << 20;

    private static final FileOutputStream STANDARD_OUTPUT = new FileOutputStream(FileDescriptor.out);

    private interface Target {
        void append(ByteArrayOutputStream lines) throws IOException;
    }

    private final Target target;
    private final Queue<Record> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger many = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private boolean failing;
    private volatile boolean closed;

    /**
     * Opens it.
     *
     * @param name of a file, or {@code -} for standard output
     * @throws IllegalArgumentException when it cannot be written; the message says why
     */
    public LineFile(String name) {
        target = name.equals("-") ? lines -> lines.writeTo(STANDARD_OUTPUT) : file(name);
        writer = Thread.ofPlatform().daemon().name("access-log").start(this::run);
    }

    private static Target file(String name) {
        var path = Path.of(name);
        Target file = lines -> {
            try (var out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                lines.writeTo(out);
            }
        };
        try {
            file.append(new ByteArrayOutputStream());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' must be a file that can be written, in a folder that is there", e);
        }
        return file;
    }

    void add(Record line) {
        if (many.incrementAndGet() > MOST) {
            many.decrementAndGet();
            lost.incrementAndGet();
        } else {
            waiting.add(line);
        }
    }

    /** How many since the last line that says so. */
    long lost() {
        return lost.get();
    }

    private void run() {
        boolean last;
        do {
            LockSupport.parkNanos(PAUSE_NANOS);
            last = closed;
            while (!waiting.isEmpty() && !write()) {
                // the next piece
            }
        } while (!last);
    }

    /** @return whether nothing more waits, or nothing can be written */
    private boolean write() {
        var lines = new ByteArrayOutputStream();
        long count = lost.getAndSet(0);
        try {
            if (count > 0) {
                line(Map.of("lost", count), lines);
            }
            for (var line = waiting.poll(); line != null; line = lines.size() < PIECE ? waiting.poll() : null) {
                many.decrementAndGet();
                count++;
                line(line, lines);
            }
            target.append(lines);
            failing = false;
            return waiting.isEmpty();
        } catch (IOException | RuntimeException | Error e) {
            // whatever it was, the next piece is tried
            lost.addAndGet(count);
            if (!failing) {
                LOG.warn("Lines of the access log are lost: it cannot be written: {}", e.toString());
            }
            failing = true;
            return true;
        }
    }

    private static void line(Object line, ByteArrayOutputStream lines) {
        lines.writeBytes(JSON.writeValueAsBytes(line));
        lines.write('\n');
    }

    /** Writes what waits; not for longer than a moment. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
