package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose requests hold on to more and more memory. */
@Timeout(180)
class FullHeapTest {

    private static final int MEGABYTES = 64;
    private static final int BODY = 1 << 20;

    @Test
    void refusesBeforeMemoryIsUsedUpAndGoesOnAfterwards(@TempDir Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx" + MEGABYTES + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullHeap.class.getName())
                .redirectError(log.toFile())
                .start();
        var holding = new ArrayList<RawClient>();
        try {
            int port = Integer.parseInt(
                    process.inputReader(StandardCharsets.US_ASCII).readLine());
            boolean refused = false;
            while (!refused && holding.size() < MEGABYTES) {
                var client = new RawClient(port);
                holding.add(client.send("POST / HTTP/1.1\nHost: a\nContent-Length: " + BODY + "\n\n")
                        .send(new byte[BODY], BODY));
                await().until(() -> held(port) == holding.size() || client.hasAnswer());
                refused = client.hasAnswer();
            }
            assertThat(refused).isTrue();
            assertThat(holding.getLast().answer().status()).isEqualTo(503);
            assertThat(holding).hasSizeGreaterThan(MEGABYTES / 3);
            assertThat(get(port, "/").status()).isEqualTo(503);

            assertThat(get(port, "/release").status()).isEqualTo(200);
            for (var client : holding.subList(0, holding.size() - 1)) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
            await().until(() -> get(port, "/").status() == 200);
            assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError");
        } finally {
            holding.forEach(RawClient::close);
            process.outputWriter(StandardCharsets.US_ASCII).close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static RawClient.Answer get(int port, String path) {
        return RawClient.ask(port, "GET " + path + " HTTP/1.1\nHost: a\nConnection: close\n\n");
    }

    private static int held(int port) {
        return Integer.parseInt(get(port, "/held").body());
    }
}
