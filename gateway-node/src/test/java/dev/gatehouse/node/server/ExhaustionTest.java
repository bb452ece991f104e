package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener in a process of its own that may have no more than 64 file descriptors. */
@Timeout(120)
class ExhaustionTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private final List<RawClient> flood = new ArrayList<>();
    private Process process;
    private BufferedReader said;
    private Path log;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var shell = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(shell), "there is no bash");
        log = folder.resolve("log");
        process = new ProcessBuilder(
                        shell.toString(),
                        "-c",
                        "ulimit -n 64; exec \"$0\" \"$@\"",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        Exhausted.class.getName())
                .redirectError(log.toFile())
                .start();
        said = process.inputReader(StandardCharsets.US_ASCII);
        port = Integer.parseInt(said.readLine());
    }

    /** Each open archive is a descriptor: only what a listener is made of. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        entry.contains("helidon") || entry.contains("gatehouse") || Files.isDirectory(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        flood.forEach(RawClient::close);
        process.outputWriter(StandardCharsets.US_ASCII).close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void answersAgainAfterAFlood() throws IOException {
        for (int i = 0; i < 300; i++) {
            flood.add(new RawClient(port));
        }
        assertThat(flood.getLast().rest()).isEmpty();
        flood.forEach(RawClient::close);

        awaitGoodAnswers();
        await().untilAsserted(() -> assertThat(Files.readString(log)).contains("closed unanswered"));
        assertThat(Files.readString(log)).doesNotContain("listening anew");
    }

    @Test
    void listensAnewWhenAnAcceptHasFailed() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            tell('t');
            return turnedAway() || Files.readString(log).contains("Exception in thread");
        });
        tell('g');

        awaitGoodAnswers();
        awaitAgain();
        assertThat(Files.readString(log)).doesNotContain("in thread \"gatehouse-");
    }

    @Test
    void listensAnewWhenTheThreadThatAcceptsHasDiedAndLeftThePortOpen() throws IOException {
        tell('m');
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            tell('t');
            flood.add(new RawClient(port));
            return Files.readString(log).contains("for the sake of a test");
        });
        assertThat(refused()).isFalse();
        tell('g');

        awaitGoodAnswers();
        awaitAgain();
    }

    /** Said a moment after it is so. */
    private void awaitAgain() {
        await().untilAsserted(() -> assertThat(Files.readString(log)).containsPattern("accepted on .* again"));
    }

    private void awaitGoodAnswers() {
        await().ignoreExceptions()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> IntStream.range(0, 20)
                        .allMatch(_ -> RawClient.ask(port, GET).status() == 200));
    }

    /** Whoever is let in keeps his descriptor, so that there are fewer each time. */
    private boolean turnedAway() {
        try {
            flood.add(new RawClient(port));
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private boolean refused() {
        try (var _ = new RawClient(port)) {
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** Returns when it was done. Told to take all, it may leave what was used for a moment: it has to be told again. */
    private void tell(char what) throws IOException {
        var input = process.outputWriter(StandardCharsets.US_ASCII);
        input.write(what);
        input.flush();
        assertThat(said.readLine()).isEqualTo(String.valueOf(what));
    }
}
