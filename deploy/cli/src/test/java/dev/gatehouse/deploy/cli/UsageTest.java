package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTest {

    private final Shell nowhere = new Shell(Map.of());

    @Test
    void explainsCommandsVariablesAndExitCodes() {
        var help = nowhere.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("Usage: gatehouse", "migrate", "apply", "export", "keys", "reference")
                .contains("GATEHOUSE_DB_URL", "GATEHOUSE_KEY_PEPPER")
                .containsSubsequence("  0   Done.", "  1   Refused", "  2   Not understood");
        for (var command : new String[] {"migrate", "apply", "export", "keys", "reference", "completion"}) {
            assertThat(nowhere.run(command, "--help").out()).startsWith("Usage: gatehouse " + command);
        }
    }

    @Test
    void refusesWhatIsNoCommandWithTheNearestOne() {
        assertThat(nowhere.run()).isEqualTo(new Shell.Ran(2, "", "A command is missing.\nTry: gatehouse --help\n"));
        assertThat(nowhere.run("keys").code()).isEqualTo(2);
        assertThat(nowhere.run("exprot").err()).contains("Did you mean: gatehouse export");
        assertThat(nowhere.run("apply").err()).contains("Missing required parameter: 'FILE'", "gatehouse apply --help");
        assertThat(nowhere.run("apply", "x", "--prun").code()).isEqualTo(2);
    }

    @Test
    void printsACompletionScriptThatKnowsTheTopics() {
        assertThat(nowhere.run("completion").out()).contains("complete -F", "rate-limit");
        assertThat(nowhere.run("--version").out()).startsWith("gatehouse ");
    }

    @Test
    void failsWhenItsOutputCannotBeWritten() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var err = new StringWriter();
        int code = Gatehouse.run(
                Map.of(), new PrintWriter(full, false, StandardCharsets.UTF_8), new PrintWriter(err), "reference");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("could not be written");
    }
}
