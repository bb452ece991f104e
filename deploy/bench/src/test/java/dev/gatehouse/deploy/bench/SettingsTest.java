package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path templates;

    @Test
    void fillsInTheSamePortWhereverItIsNamed() throws IOException {
        Files.writeString(templates.resolve("proxy.conf"), "listen @proxy@; # user@example.com\n");
        Files.writeString(templates.resolve("other.conf"), "connect @proxy@;\n");
        try (var settings = new Settings(templates)) {
            int port = settings.port("proxy");

            assertThat(settings.filled("proxy.conf")).hasContent("listen " + port + "; # user@example.com");
            assertThat(settings.filled("other.conf")).hasContent("connect " + port + ";");
        }
    }

    @Test
    void refusesANameThatNobodyHasSet() throws IOException {
        Files.writeString(templates.resolve("proxy.conf"), "listen @proxy@;\n");
        try (var settings = new Settings(templates)) {
            assertThatThrownBy(() -> settings.filled("proxy.conf"))
                    .isInstanceOf(BenchException.class)
                    .hasMessage("Nothing is known for @proxy@ in proxy.conf.");
        }
    }

    @Test
    void leavesNothingBehind() {
        var settings = new Settings(templates);
        settings.write("files/large", "text");

        settings.close();

        assertThat(settings.file(".")).doesNotExist();
    }
}
