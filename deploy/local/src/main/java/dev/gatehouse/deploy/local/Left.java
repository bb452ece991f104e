package dev.gatehouse.deploy.local;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who runs, in files: what a run that was killed left behind is found and ended by the next one. */
final class Left {

    private static final String SUFFIX = ".pid";
    private static final long GOODBYE_SECONDS = 10;

    private final Home home;

    Left(Home home) {
        this.home = home;
    }

    /** The start time is kept with the pid: by then the number may be somebody else's. */
    void remember(String name, ProcessHandle process) {
        home.write(
                "pids/" + name + SUFFIX,
                process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH));
    }

    void forget(String name) {
        home.remove("pids/" + name + SUFFIX);
    }

    /** @return the names of those that were still running */
    List<String> end() {
        var ended = new ArrayList<String>();
        var files = home.folder("pids").toFile().list((_, file) -> file.endsWith(SUFFIX));
        for (var file : files == null ? new String[0] : files) {
            var name = file.substring(0, file.length() - SUFFIX.length());
            if (running(home.read("pids/" + file).orElse(""))) {
                ended.add(name);
            }
            forget(name);
        }
        return ended;
    }

    private static boolean running(String remembered) {
        var parts = remembered.split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}")) {
            return false;
        }
        var process = ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(found -> found.info()
                        .startInstant()
                        .map(Instant::toString)
                        .filter(parts[1]::equals)
                        .isPresent());
        process.ifPresent(Left::stop);
        return process.isPresent();
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                process.destroyForcibly();
                process.onExit().join();
            }
        }
    }
}
