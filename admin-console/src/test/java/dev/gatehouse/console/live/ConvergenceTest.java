package dev.gatehouse.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.NodeReports.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConvergenceTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final UUID EPOCH = UUID.randomUUID();

    @Test
    void isGoodWhenEveryNodeServesTheNewestRevision() {
        var convergence = of(Duration.ofSeconds(5), node("a", 42), node("b", 42), node("c", 42));

        assertThat(convergence.level()).isEqualTo(Level.GOOD);
        assertThat(convergence.text()).isEqualTo("rev 42 · 3/3 nodes");
    }

    @Test
    void isOnItsWayWhileANodeStillServesThePreviousOne() {
        var convergence = of(Duration.ofSeconds(1), node("a", 42), node("b", 41), node("c", 42));

        assertThat(convergence.level()).isEqualTo(Level.ATTENTION);
        assertThat(convergence.text()).isEqualTo("rev 42 → 2/3");
    }

    @Test
    void isBadWhenANodeLagsBehindForLong() {
        var convergence = of(Duration.ofSeconds(11), node("a", 42), node("b", 41));

        assertThat(convergence.level()).isEqualTo(Level.BAD);
        assertThat(convergence.text()).isEqualTo("rev 42 · 1/2 · b lags behind");
    }

    @Test
    void namesTheNodeThatFellSilentAndSinceWhen() {
        var convergence = of(Duration.ofMinutes(5), node("a", 42), silent("b"));

        assertThat(convergence.level()).isEqualTo(Level.BAD);
        assertThat(convergence.text()).isEqualTo("rev 42 · 1/2 · b silent");
        assertThat(convergence.reason()).isEqualTo("b has been silent for 30 s.");
    }

    @Test
    void tellsTheProblemThatANodeReports() {
        var convergence = of(Duration.ofMinutes(5), node("a", 42, "Route x cannot be served."));

        assertThat(convergence.level()).isEqualTo(Level.BAD);
        assertThat(convergence.reason()).isEqualTo("a: Route x cannot be served.");
    }

    @Test
    void doesNotMistakeAHigherRevisionOfAnotherEpochForTheNewest() {
        var foreign = known("a", Optional.of(new Version(UUID.randomUUID(), 99)), Duration.ZERO);

        assertThat(of(Duration.ofSeconds(1), foreign).level()).isEqualTo(Level.ATTENTION);
    }

    @Test
    void isNeitherGoodNorBadBeforeAnyNodeReported() {
        assertThat(of(Duration.ofSeconds(1)).level()).isEqualTo(Level.UNKNOWN);
    }

    @Test
    void isBadWhileTheDatabaseDoesNotAnswer() {
        var lost = new Reading<Fleet>(Optional.empty(), NOW, NOW, "connection refused");

        assertThat(Convergence.of(lost).level()).isEqualTo(Level.BAD);
        assertThat(Convergence.of(lost).reason()).contains("connection refused");
    }

    private static Convergence of(Duration sinceChange, Known... nodes) {
        var loaded = new Loaded(new Version(EPOCH, 42), Snapshot.EMPTY, Map.of(), Map.of());
        var fleet = new Fleet(loaded, NOW.minus(sinceChange), List.of(nodes), false);
        return Convergence.of(new Reading<>(Optional.of(fleet), NOW, NOW, ""));
    }

    private static Known node(String name, long revision, String... problems) {
        return known(name, Optional.of(new Version(EPOCH, revision)), Duration.ZERO, problems);
    }

    private static Known silent(String name) {
        return known(name, Optional.of(new Version(EPOCH, 42)), Duration.ofSeconds(30));
    }

    private static Known known(String name, Optional<Version> version, Duration age, String... problems) {
        var report = new Report(name, EPOCH, "http://10.0.0.1:8080", "0.1.0", NOW, version, List.of(problems));
        return new Known(report, NOW.minus(age), age, Optional.of(NOW));
    }
}
