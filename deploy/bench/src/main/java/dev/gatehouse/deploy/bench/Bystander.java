package dev.gatehouse.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who asks services that are well while another one fails: {@link BystanderMain}, in a process of its own that comes first
 * on its core. So nothing of what faults cost the load and the targets, which share that core, is in its times.
 */
final class Bystander implements AutoCloseable {

    private static final int CONNECTIONS = 250;

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;

    /**
     * What it has seen of one of them.
     *
     * @param failed requests without a good answer
     */
    record Seen(Latencies latencies, long failed) {}

    /**
     * @param perSecond to each of them
     * @param target the port of the one that works
     * @param log what it complains of
     */
    Bystander(int port, double perSecond, int target, Path log) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(Machine.first(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")));
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), BystanderMain.class.getName()));
        command.addAll(List.of(
                Integer.toString(port),
                Double.toString(perSecond),
                Integer.toString(CONNECTIONS),
                Integer.toString(target)));
        try {
            process = new ProcessBuilder(Machine.pinned(Machine.LOAD_CORE, command))
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new BenchException("The other services' load cannot be run: " + e.getMessage(), e);
        }
        orders = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** It asks for so long, beginning now. */
    void begin(Duration time) {
        orders.println(time.toNanos());
    }

    /** Once its time is over. */
    Map<Other, Seen> end() {
        var seen = new EnumMap<Other, Seen>(Other.class);
        try {
            for (var other : Other.values()) {
                var line = answers.readLine();
                if (line == null) {
                    throw new BenchException("The other services' load has ended.", null);
                }
                int first = line.indexOf(' ');
                seen.put(
                        other,
                        new Seen(Latencies.read(line.substring(first + 1)), Long.parseLong(line.substring(0, first))));
            }
            return seen;
        } catch (IOException e) {
            throw new BenchException("The other services' load says nothing: " + e.getMessage(), e);
        }
    }

    /** It ends when nothing more is asked of it. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
