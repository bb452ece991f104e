package dev.gatehouse.db.environment;

import static dev.gatehouse.db.environment.Variable.GATEHOUSE_DB_PASSWORD;
import static dev.gatehouse.db.environment.Variable.GATEHOUSE_HTTP_PORT;
import static dev.gatehouse.db.environment.Variable.GATEHOUSE_KEY_PEPPER;
import static dev.gatehouse.db.environment.Variable.GATEHOUSE_POLL_INTERVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.settings.Spans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(1);

    @TempDir
    private Path folder = Path.of("");

    private static Environment with(String name, String value) {
        return Environment.read(Map.of(name, value));
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void takesEachVariableAsItIsSet(Variable variable) {
        assertThat(with(variable.name(), " set ").text(variable)).isEqualTo("set");
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void takesEachVariableFromAFile(Variable variable) throws IOException {
        var file = Files.writeString(folder.resolve("value"), "from the file\n");
        assertThat(with(variable.name() + "_FILE", file.toString()).text(variable))
                .isEqualTo("from the file");
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void fallsBackWhereNothingIsSet(Variable variable) {
        assertThat(Environment.read(Map.of()).text(variable)).isEqualTo(variable.fallback());
        assertThat(with(variable.name(), " ").text(variable)).isEqualTo(variable.fallback());
        assertThat(with(variable.name() + "_FILE", "").text(variable)).isEqualTo(variable.fallback());
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void refusesAVariableThatIsSetTwice(Variable variable) {
        assertThatThrownBy(() -> Environment.read(Map.of(variable.name(), "a", variable.name() + "_FILE", "b")))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessage("Both " + variable + " and " + variable + "_FILE are set; set one.");
    }

    @ParameterizedTest
    @EnumSource(Variable.class)
    void saysWhatEachVariableIsFor(Variable variable) {
        assertThat(variable.help()).matches("[A-Z].*\\.");
    }

    @Test
    void knowsTheFixedNames() {
        assertThat(Arrays.stream(Variable.values()).map(Enum::name))
                .containsAll(List.of(
                        "GATEHOUSE_DB_URL",
                        "GATEHOUSE_DB_USER",
                        "GATEHOUSE_DB_PASSWORD",
                        "GATEHOUSE_REDIS_URL",
                        "GATEHOUSE_HTTP_PORT",
                        "GATEHOUSE_HTTPS_PORT",
                        "GATEHOUSE_ADMIN_PORT",
                        "GATEHOUSE_NODE_NAME",
                        "GATEHOUSE_STATE_DIR",
                        "GATEHOUSE_KEY_PEPPER",
                        "GATEHOUSE_TRUSTED_PROXIES",
                        "GATEHOUSE_POLL_INTERVAL"));
    }

    @Test
    void fallsBackToTheFixedPorts() {
        var environment = Environment.read(Map.of());
        assertThat(environment.port(GATEHOUSE_HTTP_PORT)).isEqualTo(8080);
        assertThat(environment.port(Variable.GATEHOUSE_ADMIN_PORT)).isEqualTo(9080);
        assertThat(environment.port(Variable.GATEHOUSE_CONSOLE_PORT)).isEqualTo(8090);
        assertThat(environment.text(Variable.GATEHOUSE_DB_URL)).contains(":15432/");
        assertThat(environment.text(Variable.GATEHOUSE_REDIS_URL)).endsWith(":16379");
        assertThat(environment.span(GATEHOUSE_POLL_INTERVAL, LEAST, MOST))
                .isEqualTo(Spans.read("1s").orElseThrow());
    }

    @Test
    void refusesAnUnknownNameAndNamesTheNearest() {
        assertThatThrownBy(() -> with("GATEHOUSE_DB_PASWORD", "x"))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessage("Unknown environment variable GATEHOUSE_DB_PASWORD. Did you mean 'GATEHOUSE_DB_PASSWORD'?");
        assertThatThrownBy(() -> with("GATEHOUSE_KEY_PEPER_FILE", "x"))
                .hasMessageContaining("Did you mean 'GATEHOUSE_KEY_PEPPER_FILE'?");
        assertThatThrownBy(() -> with("GATEHOUSE_", "x")).hasMessage("Unknown environment variable GATEHOUSE_.");
    }

    @Test
    void passesOverTheVariablesOfOthers() {
        assertThat(with("PATH", "/bin").text(GATEHOUSE_DB_PASSWORD)).isEmpty();
        assertThat(with("GATEHOUSES", "x").text(GATEHOUSE_DB_PASSWORD)).isEmpty();
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        var missing = folder.resolve("missing");
        assertThatThrownBy(() -> with("GATEHOUSE_KEY_PEPPER_FILE", missing.toString()))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessageStartingWith("GATEHOUSE_KEY_PEPPER_FILE names '" + missing + "', which cannot be read: ");
        var latin1 = Files.write(folder.resolve("latin1"), "passwört".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> with("GATEHOUSE_KEY_PEPPER_FILE", latin1.toString()))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessageNotContaining("passw");
    }

    @Test
    void takesABlankFileForNotSet() throws IOException {
        var blank = Files.writeString(folder.resolve("blank"), "\n");
        assertThat(with("GATEHOUSE_HTTP_PORT_FILE", blank.toString()).port(GATEHOUSE_HTTP_PORT))
                .isEqualTo(8080);
    }

    @Test
    void saysWhatMustBeSetAndWhatItIs() {
        assertThatThrownBy(() -> Environment.read(Map.of()).required(GATEHOUSE_KEY_PEPPER))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessage("GATEHOUSE_KEY_PEPPER must be set. " + GATEHOUSE_KEY_PEPPER.help());
        assertThat(with("GATEHOUSE_KEY_PEPPER", "p").required(GATEHOUSE_KEY_PEPPER))
                .isEqualTo("p");
    }

    @Test
    void takesPortsFrom0To65535() {
        assertThat(with("GATEHOUSE_HTTP_PORT", "0").port(GATEHOUSE_HTTP_PORT)).isZero();
        assertThat(with("GATEHOUSE_HTTP_PORT", "65535").port(GATEHOUSE_HTTP_PORT))
                .isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "80.5", "99999999999"})
    void refusesWhatIsNoPort(String text) {
        var environment = with("GATEHOUSE_HTTP_PORT", text);
        assertThatThrownBy(() -> environment.port(GATEHOUSE_HTTP_PORT))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessage("GATEHOUSE_HTTP_PORT is '" + text + "'; it must be a port from 0 to 65535.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100ms", "1m", "1500ms"})
    void takesDurationsWithinTheirBounds(String text) {
        assertThat(with("GATEHOUSE_POLL_INTERVAL", text).span(GATEHOUSE_POLL_INTERVAL, LEAST, MOST))
                .isEqualTo(Spans.read(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"99ms", "61s", "1", "soon"})
    void refusesDurationsOutsideTheirBounds(String text) {
        var environment = with("GATEHOUSE_POLL_INTERVAL", text);
        assertThatThrownBy(() -> environment.span(GATEHOUSE_POLL_INTERVAL, LEAST, MOST))
                .isInstanceOf(Environment.Invalid.class)
                .hasMessage("GATEHOUSE_POLL_INTERVAL is '" + text
                        + "'; it must be a duration from 100ms to 1m, such as 1s or 500ms.");
    }
}
