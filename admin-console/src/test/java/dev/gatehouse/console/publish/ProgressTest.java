package dev.gatehouse.console.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final UUID EPOCH = UUID.randomUUID();
    private static final Instant PUBLISHED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void saysHowLongTheSlowestNodeTook() {
        var progress = of(43, node("a", 43, 300), node("b", 43, 800));

        assertThat(progress).isEqualTo(new Progress(Level.GOOD, "Revision 43 live on 2 of 2 nodes (0.8 s)", true));
    }

    @Test
    void countsTheNodesThatHaveItWhileOthersCatchUp() {
        assertThat(of(43, node("a", 43, 300), node("b", 42, 0)))
                .isEqualTo(new Progress(Level.ATTENTION, "Revision 43 live on 1 of 2 nodes", false));
    }

    @Test
    void namesTheNodeItNoLongerWaitsFor() {
        assertThat(of(43, node("a", 43, 300), silent("b")))
                .isEqualTo(new Progress(Level.ATTENTION, "Revision 43 live on 1 of 2 nodes. b is silent.", true));
    }

    @Test
    void countsALaterRevisionButClaimsNoTimeForIt() {
        assertThat(of(44, node("a", 44, 300)))
                .isEqualTo(new Progress(Level.GOOD, "Revision 43 live on 1 of 1 node", true));
    }

    @Test
    void waitsUntilTheConsoleItselfHasSeenTheRevision() {
        assertThat(of(42, node("a", 42, 0)).done()).isFalse();
    }

    @Test
    void saysThatThereIsNoNode() {
        assertThat(of(43).sentence()).isEqualTo("Revision 43 is published. No gateway node has reported yet.");
    }

    private static Progress of(long newest, Known... nodes) {
        var loaded = new Loaded(new Version(EPOCH, newest), Snapshot.EMPTY, Map.of(), Map.of());
        return Progress.of(43, Optional.of(PUBLISHED), new Fleet(loaded, PUBLISHED, List.of(nodes), false));
    }

    private static Known node(String name, long revision, long appliedAfterMillis) {
        return known(name, revision, Duration.ofSeconds(1), appliedAfterMillis);
    }

    private static Known silent(String name) {
        return known(name, 42, Duration.ofMinutes(1), 0);
    }

    private static Known known(String name, long revision, Duration age, long appliedAfterMillis) {
        var report = new NodeReports.Report(
                name,
                UUID.randomUUID(),
                "http://10.0.0.7:8080",
                "0.1.0",
                PUBLISHED,
                Optional.of(new Version(EPOCH, revision)),
                List.of());
        return new Known(report, PUBLISHED, age, Optional.of(PUBLISHED.plusMillis(appliedAfterMillis)));
    }
}
