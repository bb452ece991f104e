package dev.gatehouse.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {

    private static final UUID EPOCH = UUID.fromString("6b1c7f4e-58a4-4b1c-9a60-0d9a54b8a7c1");

    @TempDir
    private Path folder = Path.of("");

    private final List<Long> keys = new ArrayList<>();
    private Disk disk = new Disk(folder);
    private Keeping keeping = keeping();

    @BeforeEach
    void open() {
        disk = new Disk(folder);
        keeping = keeping();
    }

    private Keeping keeping() {
        return new Keeping(
                version -> keys.add(version.revision()),
                version -> disk.save(new Disk.Stored(version, Snapshot.EMPTY)));
    }

    private static Version version(long revision) {
        return new Version(EPOCH, revision);
    }

    private Optional<Long> kept() {
        return disk.load().map(stored -> stored.version().revision());
    }

    @Test
    void writesTheFirstAtOnceAndTheLastInTheEnd() {
        keeping.take(version(1));
        keeping.goOn();
        assertThat(kept()).contains(1L);
        for (long revision = 2; revision <= 5; revision++) {
            keeping.take(version(revision));
            keeping.goOn();
        }
        assertThat(kept()).contains(1L);
        assertThat(keys).endsWith(2L, 3L, 4L, 5L);
        keeping.finish();
        assertThat(kept()).contains(5L);
    }

    @Test
    void saysWhyThereIsNothingAndTriesAgain() throws IOException {
        var inTheWay = folder.resolve("configuration.new/something");
        Files.createDirectories(inTheWay);
        keeping.take(version(1));
        keeping.goOn();
        assertThat(kept()).isEmpty();
        assertThat(keeping.trouble()).contains(folder.toString()).endsWith("could not restart without PostgreSQL.");
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        keeping.finish();
        assertThat(kept()).contains(1L);
        assertThat(keeping.trouble()).isEmpty();
    }
}
