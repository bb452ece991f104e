package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cores, and what Linux says of them. */
final class Machine {

    static final int MEASURED_CORE = 0;
    static final int LOAD_CORE = 1;

    /** USER_HZ, in which /proc counts: 100 on every architecture that a JDK runs on. */
    private static final double TICKS = 100;

    private static final double NOISY = 0.5;

    private static final List<String> FIRST = List.of("chrt", "--fifo", "1");

    private static final boolean FIRST_ALLOWED = done(List.of("chrt", "--fifo", "1", "true"));

    private Machine() {}

    static List<String> pinned(int core, List<String> command) {
        var pinned = new ArrayList<>(List.of("taskset", "--cpu-list", Integer.toString(core)));
        pinned.addAll(command);
        return pinned;
    }

    /** As it comes first on its core, before all that runs at no priority of its own; as it is where that is not allowed. */
    static List<String> first(List<String> command) {
        if (!comesFirst()) {
            return command;
        }
        var first = new ArrayList<>(FIRST);
        first.addAll(command);
        return first;
    }

    static boolean comesFirst() {
        return FIRST_ALLOWED;
    }

    /** From now on that one comes first, or no longer. */
    static void first(long pid, boolean first) {
        if (comesFirst()) {
            var policy = first ? List.of("--fifo", "--pid", "1") : List.of("--other", "--pid", "0");
            var command = new ArrayList<>(List.of("chrt", "--all-tasks"));
            command.addAll(policy);
            command.add(Long.toString(pid));
            done(command);
        }
    }

    private static boolean done(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Seconds since boot in which that core was not idle. proc(5): user, nice, system, idle, iowait, irq, softirq, steal. */
    static double busy(int core) {
        var fields = lines(Path.of("/proc/stat")).stream()
                .filter(line -> line.startsWith("cpu" + core + " "))
                .findFirst()
                .orElseThrow(() -> new BenchException("This machine has no core " + core + "; two are needed.", null))
                .split(" +", -1);
        long busy = 0;
        for (int i = 1; i <= 8; i++) {
            busy += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
        }
        return busy / TICKS;
    }

    /** Seconds that a process has computed so far; 0 once it is gone. */
    static double cpuSeconds(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // the second field is the program's name in parentheses and may hold anything
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Resident memory of a process in MB; 0 once it is gone. */
    static double megabytes(long pid) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** For the reader of the numbers. */
    static String describe(Options options) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        var model = lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(system.getArch());
        var cores = lines(Path.of("/proc/stat")).stream()
                .filter(line -> line.matches("cpu[0-9]+ .*"))
                .count();
        double load = system.getSystemLoadAverage();
        return "%d cores (%s), Linux %s, Java %s %s, load average %.2f%s"
                .formatted(
                        cores,
                        model,
                        system.getVersion(),
                        Runtime.version(),
                        String.join(" ", options.jvm()),
                        load,
                        load > NOISY ? ": others compute here, read the ratios and not the rates" : "");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new BenchException(file + " cannot be read; this needs Linux: " + e.getMessage(), e);
        }
    }
}
