package dev.gatehouse.deploy.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Keeps both cores from falling asleep, at the priority of whoever runs when nobody else does: what a virtual machine needs
 * to wake a core again is up to milliseconds, and nothing that is measured.
 */
final class Awake implements AutoCloseable {

    private static final List<String> NOTHING = List.of("chrt", "--idle", "0", "sh", "-c", "while :; do :; done");

    private final List<Running> cores;

    Awake(Settings settings) {
        var nobody = new Contender("awake", NOTHING, Map.of(), 0, 0, 0);
        cores = IntStream.of(Machine.MEASURED_CORE, Machine.LOAD_CORE)
                .mapToObj(core -> Running.start(nobody, core, settings.file("awake.log"), () -> true))
                .toList();
    }

    @Override
    public void close() {
        cores.forEach(Running::close);
    }
}
