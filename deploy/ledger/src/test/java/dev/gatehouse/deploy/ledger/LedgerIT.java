package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.db.policy.RateLimit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shortest run that says something: two nodes, a window of two seconds, a node that is killed and comes back. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LedgerIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @BeforeEach
    void require() {
        assumeTrue(Files.isDirectory(ROOT.resolve("gateway-node/target/lib")), "the node is not packaged");
    }

    @Test
    void findsTheLimitKeptWhileANodeIsKilledAndStopped() {
        var settings = new Settings(
                RateLimit.Mode.LEASED,
                RateLimit.WithoutRedis.LOCAL,
                50,
                Duration.ofSeconds(2),
                0,
                5_000,
                2,
                400,
                Duration.ofSeconds(5));
        var events = Stream.of("500ms:kill=2", "1s:start=2", "2s:pause=1", "3s:resume=1")
                .map(Event::read)
                .toList();
        var said = new ByteArrayOutputStream();

        var verdict = run(settings, events, said);

        new Table(new PrintStream(said, true, StandardCharsets.UTF_8)).print(settings, verdict);
        assertThat(verdict.holds()).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(verdict.admitted()).isGreaterThanOrEqualTo(50);
        assertThat(verdict.told().refused()).isPositive();
        assertThat(verdict.quota().ledger()).isGreaterThanOrEqualTo(verdict.admitted());
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("kill 2", "resume 1", "The limit holds.");
    }

    private static Verdict run(Settings settings, List<Event> events, ByteArrayOutputStream said) {
        try (var run = new Run(settings, 16, new PrintStream(said, true, StandardCharsets.UTF_8))) {
            return run.here(new Site(ROOT, Optional.empty()), events);
        }
    }
}
