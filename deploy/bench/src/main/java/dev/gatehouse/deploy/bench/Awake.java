package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Keeps the cores from falling asleep: what a virtual machine needs to wake one again is up to milliseconds, and nothing
 * that is measured. Where Linux may be asked to (PM QoS), an idle core looks out for work by itself and is told of it
 * through memory. Elsewhere something runs there at the priority of whoever runs when nobody else does; to make room it has
 * to be interrupted from another core, and of a virtual core that is at times noticed only at its next tick, up to 4 ms
 * later.
 */
final class Awake implements AutoCloseable {

    /** Takes how many microseconds it may need to wake up, an integer of four octets; here none. That holds until it is closed. */
    private static final String QUALITY = "/dev/cpu_dma_latency";

    private static final List<String> NOTHING = List.of("chrt", "--idle", "0", "sh", "-c", "while :; do :; done");

    private final List<Runnable> ends;

    Awake(Settings settings) {
        ends = keep(settings);
    }

    private static List<Runnable> keep(Settings settings) {
        try {
            var quality = FileChannel.open(Path.of(QUALITY), StandardOpenOption.WRITE);
            quality.write(ByteBuffer.allocate(Integer.BYTES));
            return List.of(() -> close(quality));
        } catch (IOException e) {
            return IntStream.of(Machine.MEASURED_CORE, Machine.LOAD_CORE)
                    .mapToObj(core -> nobody(core, settings))
                    .toList();
        }
    }

    private static void close(FileChannel quality) {
        try {
            quality.close();
        } catch (IOException e) {
            // gone in any case
        }
    }

    private static Runnable nobody(int core, Settings settings) {
        var nobody = new Contender("awake", NOTHING, Map.of(), 0, 0, 0);
        return Running.start(nobody, core, settings.file("awake.log"), () -> true)::close;
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
