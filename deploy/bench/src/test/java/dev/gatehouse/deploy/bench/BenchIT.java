package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shortest run there is: whether everything starts, is asked, and answers without an error. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BenchIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** Debian keeps nginx and HAProxy where only root looks. */
    private static final String PATH = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";

    @BeforeEach
    void require() {
        for (var program : List.of("taskset", "openssl", "wrk", "nginx", "haproxy")) {
            assumeTrue(isInstalled(program), program + " is not installed");
        }
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one core is not enough to measure on");
        assumeTrue(Files.isDirectory(ROOT.resolve("gateway-node/target/lib")), "the node is not packaged");
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(PATH.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void asksEverybodyWithoutAnError(@TempDir Path folder) throws IOException, InterruptedException {
        var said = folder.resolve("said");
        int status = run(said, "--case", "plain", "--seconds", "1", "--rounds", "1");

        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .containsPattern("\nnode +[0-9]+ ")
                .contains("node / nginx", "node / haproxy", "node / relay")
                .doesNotContain("skipped");
        assertThat(status).isZero();
    }

    @Test
    void losesNothingThatAnotherTargetCouldDo(@TempDir Path folder) throws IOException, InterruptedException {
        var said = folder.resolve("said");
        run(said, "--case", "faults", "--only", "kill,reset", "--seconds", "1", "--rounds", "1");

        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .containsPattern("\nkill +[0-9]+ ")
                .containsPattern("\nreset +[0-9]+ ")
                .contains("before: ")
                .doesNotContain("NOT KEPT", "BEYOND THE BUDGET", "LEAK");
    }

    private static int run(Path said, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-Xmx128m", "-Dgatehouse.root=" + ROOT));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PATH", PATH);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
