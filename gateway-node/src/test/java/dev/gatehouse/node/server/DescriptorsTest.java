package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {

    @TempDir
    private Path folder = Path.of("");

    private Path telling(int number) throws IOException {
        return Files.write(folder.resolve("fd"), new byte[number]);
    }

    @Test
    void takesTheSizeOfTheirFolderForTheirNumberWhereItIs() throws IOException {
        var open = Descriptors.counting(telling(702), () -> 700);
        assertThat(open.getAsLong()).isEqualTo(702);
        telling(3_000);
        assertThat(open.getAsLong()).isEqualTo(3_000);
    }

    @Test
    void listsThemWhereTheFolderTellsAnythingElse() throws IOException {
        assertThat(Descriptors.counting(telling(4_096), () -> 700).getAsLong()).isEqualTo(700);
        assertThat(Descriptors.counting(telling(0), () -> 7).getAsLong()).isEqualTo(7);
        assertThat(Descriptors.counting(folder.resolve("none"), () -> 7).getAsLong())
                .isEqualTo(7);
    }

    @Test
    void listsThemOnceTheFolderIsGone() throws IOException {
        var open = Descriptors.counting(telling(702), () -> 700);
        Files.delete(folder.resolve("fd"));
        assertThat(open.getAsLong()).isEqualTo(700);
    }

    @Test
    void knowsThatAFewOfThisProcessAreOpen() {
        assertThat(Descriptors.ofProcess().left()).isPositive();
    }
}
