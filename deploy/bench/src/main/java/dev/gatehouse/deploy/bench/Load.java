package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** wrk: so many connections, each asking again as soon as it is answered. */
final class Load {

    private static final Pattern RESULT =
            Pattern.compile("result (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)", Pattern.MULTILINE);
    private static final int PATIENCE_SECONDS = 30;

    /** What is answered later counts as an error; two seconds, which wrk takes by itself, a busy machine is away for. */
    private static final String LATE = "10s";

    private final Path report;
    private final int connections;
    private final String key;
    private final String token;

    /** @param report the script that makes wrk say one line of numbers */
    Load(Path report, int connections, String key, String token) {
        this.report = report;
        this.connections = connections;
        this.key = key;
        this.token = token;
    }

    Round run(String url, Credential shown, int seconds, Running program) {
        var core = Machine.busy(Machine.MEASURED_CORE);
        var cpu = program.cpuSeconds();
        var result = RESULT.matcher(wrk(url, shown, seconds));
        if (!result.find()) {
            throw new BenchException("wrk has not said its result.", null);
        }
        cpu = program.cpuSeconds() - cpu;
        core = Machine.busy(Machine.MEASURED_CORE) - core;
        return new Round(
                number(result.group(1)),
                number(result.group(2)) / 1e6,
                cpu,
                Math.max(0, core - cpu),
                number(result.group(3)) / 1e3,
                number(result.group(4)) / 1e3,
                number(result.group(5)),
                number(result.group(6)));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }

    private String wrk(String url, Credential shown, int seconds) {
        var options = new ArrayList<>(List.of("timeout", Integer.toString(seconds + PATIENCE_SECONDS), "wrk"));
        options.addAll(List.of("--threads", "1", "--connections", Integer.toString(connections)));
        options.addAll(List.of("--duration", seconds + "s", "--timeout", LATE, "--script", report.toString()));
        options.addAll(
                switch (shown) {
                    case NONE -> List.of();
                    case KEY -> List.of("--header", "X-API-Key: " + key);
                    case TOKEN -> List.of("--header", "Authorization: Bearer " + token);
                });
        options.add(url);
        var command = Machine.pinned(Machine.LOAD_CORE, options);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new BenchException("wrk failed:\n" + said, null);
            }
            return said;
        } catch (IOException e) {
            throw new BenchException("wrk cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }
}
