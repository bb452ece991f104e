package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node in a process of its own, with neither PostgreSQL nor Redis, as whoever runs it sees it end. */
@Timeout(120)
class StopTest {

    @Test
    void endsWithoutAFailureWhenItIsTold(@TempDir Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("GATEHOUSE_DB_URL", "jdbc:postgresql://127.0.0.1:1/none");
        environment.put("GATEHOUSE_DB_USER", "nobody");
        environment.put("GATEHOUSE_DB_PASSWORD", "none");
        environment.put("GATEHOUSE_REDIS_URL", "redis://127.0.0.1:1");
        environment.put("GATEHOUSE_KEY_PEPPER", "a pepper for this test only");
        environment.put("GATEHOUSE_HTTP_PORT", "0");
        environment.put("GATEHOUSE_ADMIN_PORT", "0");
        environment.put("GATEHOUSE_DRAIN_DELAY", "0s");
        environment.put("GATEHOUSE_STATE_DIR", folder.resolve("state").toString());
        var node = builder.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains("takes requests on port"));

            node.destroy();

            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
        } finally {
            node.destroyForcibly();
        }
    }
}
