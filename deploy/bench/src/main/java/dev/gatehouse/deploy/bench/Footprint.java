package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a node holds on to.
 *
 * @param megabytes of live objects
 */
record Footprint(long descriptors, long threads, long virtualThreads, double megabytes) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");
    private static final Pattern VIRTUAL = Pattern.compile("(?m)^#[0-9]+ .*\\bvirtual\\b");
    private static final int FEW = 8;
    private static final double MORE = 1.15;
    private static final double MEGA = 1024 * 1024;

    /** @param folder for a file that is gone afterwards */
    static Footprint of(long pid, Path folder) {
        var dump = folder.resolve("threads");
        try (var open = Files.list(Path.of("/proc/" + pid + "/fd"));
                var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            long descriptors = open.count();
            long threads = tasks.count();
            Files.deleteIfExists(dump);
            said(pid, "Thread.dump_to_file", dump.toString());
            long virtual = VIRTUAL.matcher(Files.readString(dump)).results().count();
            var live = TOTAL.matcher(said(pid, "GC.class_histogram"));
            if (!live.find()) {
                throw new BenchException("jcmd has not said how much is alive.", null);
            }
            return new Footprint(descriptors, threads, virtual, Long.parseLong(live.group(1)) / MEGA);
        } catch (IOException e) {
            throw new BenchException("What a node holds cannot be seen: " + e.getMessage(), e);
        }
    }

    private static String said(long pid, String... command) throws IOException {
        var all = new ArrayList<String>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        all.add(Long.toString(pid));
        all.addAll(List.of(command));
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Whether nothing of this is left over, compared with before; a little belongs to whatever is cached by use. */
    boolean leaks(Footprint before) {
        return descriptors > before.descriptors + FEW
                || threads > before.threads + FEW
                || virtualThreads > before.virtualThreads + FEW
                || megabytes > before.megabytes * MORE;
    }

    @Override
    public String toString() {
        return "%d descriptors, %d threads, %d virtual threads, %.1f MB alive"
                .formatted(descriptors, threads, virtualThreads, megabytes);
    }
}
