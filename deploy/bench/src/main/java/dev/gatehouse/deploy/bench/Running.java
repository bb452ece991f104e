package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** A program on its core, with everything it has started itself. */
final class Running implements AutoCloseable {

    /** Should this process be killed, what it started ends by itself. */
    private static final String BOUND = "60m";

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    private static final int LAST_LINES = 5;

    private final String name;
    private final Path log;
    private final Process process;

    private Running(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** @throws BenchException with what the program said, when it ends or does not answer in time */
    static Running start(Contender contender, int core, Path log, BooleanSupplier ready) {
        var bounded = new ArrayList<>(List.of("timeout", "--kill-after", "10", BOUND));
        bounded.addAll(contender.command());
        var builder = new ProcessBuilder(Machine.pinned(core, bounded))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(contender.environment());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var running = new Running(contender.name(), log, process);
            running.await(ready);
            return running;
        } catch (IOException e) {
            throw new BenchException(contender.name() + " cannot be run: " + e.getMessage(), e);
        }
    }

    private void await(BooleanSupplier ready) throws IOException {
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!ready.getAsBoolean()) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new BenchException(name + " ended: " + lastLines(), null);
                }
                if (System.nanoTime() - due > 0) {
                    close();
                    throw new BenchException(name + " does not answer: " + lastLines(), null);
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    private String lastLines() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Until that is closed it comes first on its core, where that is allowed. */
    Turn first() {
        processes().forEach(pid -> Machine.first(pid, true));
        return () -> processes().forEach(pid -> Machine.first(pid, false));
    }

    /** A time in which one comes first. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    double cpuSeconds() {
        return processes().mapToDouble(Machine::cpuSeconds).sum();
    }

    double megabytes() {
        return processes().mapToDouble(Machine::megabytes).sum();
    }

    long pid() {
        return processes().findFirst().orElseThrow(() -> new BenchException(name + " has ended.", null));
    }

    /** What {@code timeout} started; it does nothing itself. */
    private LongStream processes() {
        return process.descendants().mapToLong(ProcessHandle::pid);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
