package dev.gatehouse.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {

    @TempDir
    private Path folder;

    private record Line(int number) {}

    @Test
    void appendsWhatIsAddedAndGoesOnInANewFileWhereTheOldOneWasMoved() throws IOException {
        var file = folder.resolve("access.log");
        Files.writeString(file, "before\n");
        try (var lines = new LineFile(file.toString())) {
            lines.add(new Line(1));
            await().until(() -> Files.readAllLines(file).size() == 2);
            Files.move(file, folder.resolve("access.log.1"));
            lines.add(new Line(2));
        }

        assertThat(folder.resolve("access.log.1")).hasContent("before\n{\"number\":1}\n");
        assertThat(file).hasContent("{\"number\":2}\n");
    }

    @Test
    void saysHowManyLinesWereLostWhileItCouldNotBeWritten() throws IOException {
        var file = folder.resolve("gone").resolve("access.log");
        Files.createDirectory(file.getParent());
        try (var lines = new LineFile(file.toString())) {
            Files.delete(file);
            Files.delete(file.getParent());
            lines.add(new Line(1));
            await().until(() -> lines.lost() == 1);
            Files.createDirectory(file.getParent());
            lines.add(new Line(2));
        }

        assertThat(file).hasContent("{\"lost\":1}\n{\"number\":2}\n");
    }

    private record Endless(List<?> within) {}

    @Test
    void goesOnAfterALineThatCannotBeMade() {
        var file = folder.resolve("access.log");
        var outer = new ArrayList<Object>();
        outer.add(List.of(outer));
        try (var lines = new LineFile(file.toString())) {
            lines.add(new Endless(outer));
            await().until(() -> lines.lost() == 1);
            lines.add(new Line(2));
        }

        assertThat(file).hasContent("{\"lost\":1}\n{\"number\":2}\n");
    }

    @Test
    void keepsNoMoreThanThereIsRoomFor() {
        try (var lines = new LineFile(folder.resolve("access.log").toString())) {
            for (int i = 0; i < 1_000_000 && lines.lost() == 0; i++) {
                lines.add(new Line(i));
            }
            assertThat(lines.lost()).isPositive();
        }
    }

    @Test
    void refusesWhatItCannotWrite() {
        var nowhere = folder.resolve("nowhere").resolve("access.log").toString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LineFile(nowhere))
                .withMessageContaining(nowhere)
                .withMessageContaining("must be a file that can be written");
    }
}
