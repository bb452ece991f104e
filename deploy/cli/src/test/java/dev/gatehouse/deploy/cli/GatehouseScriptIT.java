package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatehouseScriptIT {

    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    private final Shell shell = Shell.migratedOne();

    @TempDir
    private Path temporary = Path.of("");

    private Path root = Path.of("");
    private Path script = Path.of("");

    /** The script with all that it needs, in a work tree of its own: the real one may have a .local. */
    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectory(temporary.resolve("work tree"));
        script = root.resolve("deploy/gatehouse");
        Files.createDirectories(root.resolve("deploy/lib"));
        Files.createDirectories(root.resolve("deploy/cli"));
        copy("gatehouse");
        copy("lib/jdk.sh");
        Files.createSymbolicLink(
                root.resolve("deploy/cli/target"), Path.of("target").toAbsolutePath());
    }

    @AfterEach
    void unlink() throws IOException {
        Files.deleteIfExists(root.resolve("deploy/cli/target"));
    }

    private void copy(String file) throws IOException {
        Files.copy(
                Path.of("..").resolve(file), root.resolve("deploy").resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void runsThroughLinksFromAnyFolderAndReadsFilesOfThatFolder() throws Exception {
        var elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("second"), script);
        var link = Files.createSymbolicLink(elsewhere.resolve("first"), Path.of("second"));
        Files.writeString(elsewhere.resolve("shop.yaml"), ApplyTest.SHOP);
        var ran = Script.run(elsewhere, configured(), link.toString(), "apply", "shop.yaml");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("revision 1: 3 added, 1 key issued");
    }

    @Test
    void speaksToTheLocalSetUpWhenNoDatabaseIsNamed() throws Exception {
        localEnvironment(shell.environment());
        assertThat(Script.run(root, JAVA, script.toString(), "export")).isEqualTo(new Shell.Ran(0, "{}\n", ""));
    }

    @Test
    void aVariableThatIsSetWinsOverTheLocalSetUp() throws Exception {
        localEnvironment(shell.with("GATEHOUSE_DB_PASSWORD", "wrong").environment());
        var secret = Files.writeString(root.resolve("secret"), Shell.postgres().password());
        var withFile = new HashMap<>(JAVA);
        withFile.put("GATEHOUSE_DB_PASSWORD_FILE", secret.toString());
        assertThat(Script.run(root, withFile, script.toString(), "export").code())
                .isZero();
        assertThat(Script.run(root, JAVA, script.toString(), "export").err()).startsWith("PostgreSQL refuses user");
    }

    @Test
    void leavesTheLocalSetUpAloneWhenADatabaseIsNamed() throws Exception {
        localEnvironment(Map.of("GATEHOUSE_DB_USER", "nobody", "GATEHOUSE_NO_SUCH_NAME", "x"));
        assertThat(Script.run(root, configured(), script.toString(), "export").code())
                .isZero();
    }

    @Test
    void handsOnTheExitCode() throws Exception {
        assertThat(Script.run(root, configured(), script.toString(), "keys", "revoke", "nokey")
                        .code())
                .isEqualTo(1);
        assertThat(Script.run(root, JAVA, script.toString(), "aply").code()).isEqualTo(2);
    }

    @Test
    void saysWhatToRunWhenItIsNotBuilt() throws Exception {
        Files.delete(root.resolve("deploy/cli/target"));
        assertThat(Script.run(root, JAVA, script.toString(), "export"))
                .isEqualTo(new Shell.Ran(
                        1, "", "The gatehouse command is not built yet: run deploy/run, or ./mvnw package, first.\n"));
    }

    private Map<String, String> configured() {
        var all = new HashMap<>(shell.environment());
        all.putAll(JAVA);
        return all;
    }

    private void localEnvironment(Map<String, String> variables) throws IOException {
        var lines = new StringBuilder("# written by a test\n");
        variables.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        Files.createDirectory(root.resolve(".local"));
        Files.writeString(root.resolve(".local/env"), lines);
    }
}
