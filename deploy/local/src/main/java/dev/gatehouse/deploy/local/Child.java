package dev.gatehouse.deploy.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A running program: its output goes to its log, its pid into a file by which the next run finds it. */
final class Child {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GOODBYE = Duration.ofSeconds(35);
    private static final int LAST_LINES = 15;

    private final Program program;
    private final Path log;
    private final Left left;
    private final Process process;

    private Child(Program program, Path log, Left left, Process process) {
        this.program = program;
        this.log = log;
        this.left = left;
        this.process = process;
    }

    /** @param line what of a line goes to the log; empty: nothing */
    static Child start(Program program, Path log, Left left, UnaryOperator<String> line) {
        var builder = new ProcessBuilder(program.command()).redirectErrorStream(true);
        program.environment().forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        try {
            var process = builder.start();
            left.remember(program.name(), process.toHandle());
            process.getOutputStream().close();
            Thread.ofVirtual().name("log of " + program.name()).start(() -> copy(process, log, line));
            return new Child(program, log, left, process);
        } catch (IOException e) {
            throw new StartException(program.name() + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static void copy(Process process, Path log, UnaryOperator<String> line) {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var out = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var next = in.readLine(); next != null; next = in.readLine()) {
                var kept = line.apply(next);
                if (!kept.isEmpty()) {
                    out.write(kept);
                    out.newLine();
                    out.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StartException when it ends, or is not ready in time */
    void awaitReady() {
        long due = System.nanoTime() + PATIENCE.toNanos();
        while (!program.ready().getAsBoolean()) {
            if (!process.isAlive()) {
                throw new StartException(ended() + " It said:\n" + lastLines());
            }
            if (System.nanoTime() - due > 0) {
                throw new StartException(program.name() + " is not ready after " + PATIENCE.toSeconds()
                        + " s. It said:\n" + lastLines() + "\nAll of it: " + log);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while waiting for a program to start.", e);
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    String ended() {
        return program.name() + " ended with exit code " + process.exitValue() + ".";
    }

    Process process() {
        return process;
    }

    Program program() {
        return program;
    }

    /** Asks it to end; {@link #awaitEnd} insists. */
    void stop() {
        process.destroy();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        left.forget(program.name());
    }
}
