package dev.gatehouse.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeReportsTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final UUID EPOCH = UUID.randomUUID();
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final NodeReports reports = new NodeReports(DB.database());

    private static NodeReports.Report report(String name, Optional<Version> version, String... problems) {
        return new NodeReports.Report(
                name, UUID.randomUUID(), "http://10.0.0.3:8080", "0.1.0", STARTED, version, List.of(problems));
    }

    private static Optional<Version> revision(long revision) {
        return Optional.of(new Version(EPOCH, revision));
    }

    private NodeReports.Known only() {
        assertThat(reports.all()).hasSize(1);
        return reports.all().getFirst();
    }

    @Test
    void keepsWhatANodeSaysOfItself() {
        var report = report("b", revision(7), "Route 'x' cannot be compiled.", "O'Reilly");
        reports.report(report);
        reports.report(report("a", revision(7)));
        assertThat(reports.all()).extracting(known -> known.report().name()).containsExactly("a", "b");
        assertThat(reports.all().getLast().report()).isEqualTo(report);
    }

    @Test
    void keepsWhatANodeSaysOfTargetsAndServices() {
        var plain = report("a", revision(7));
        var told = new NodeReports.Report(
                plain.name(),
                plain.boot(),
                plain.address(),
                plain.software(),
                plain.startedAt(),
                plain.version(),
                plain.problems(),
                List.of(
                        new TargetState(
                                "users",
                                "http://users.internal:8080",
                                "10.0.0.7:8080",
                                TargetState.Condition.EJECTED,
                                STARTED,
                                "5 failures in a row"),
                        new TargetState(
                                "users",
                                "http://b",
                                "",
                                TargetState.Condition.UNRESOLVED,
                                Instant.EPOCH,
                                "no address")),
                List.of(
                        new ServiceState(
                                "users",
                                Optional.of(new ServiceState.Circuit(
                                        ServiceState.Condition.OPEN, STARTED, "10 of 20 calls failed", STARTED)),
                                Optional.empty()),
                        new ServiceState(
                                "orders",
                                Optional.empty(),
                                Optional.of(new ServiceState.Room(12, 20, 1_000, 3, 10, true)))));
        reports.report(told);
        assertThat(only().report()).isEqualTo(told);
    }

    @Test
    void keepsOnlyTheLastReportOfANode() {
        reports.report(report("a", revision(7), "old"));
        var last = report("a", revision(8));
        reports.report(last);
        assertThat(only().report()).isEqualTo(last);
    }

    @Test
    void takesANodeThatServesNothingYet() {
        var report = report("a", Optional.empty());
        reports.report(report);
        assertThat(only().report()).isEqualTo(report);
        assertThat(only().appliedAt()).isEmpty();
        assertThat(only().has(new Version(EPOCH, 0))).isFalse();
    }

    @Test
    void knowsWhetherAChangeHasArrived() {
        reports.report(report("a", revision(7)));
        assertThat(only().has(new Version(EPOCH, 6))).isTrue();
        assertThat(only().has(new Version(EPOCH, 7))).isTrue();
        assertThat(only().has(new Version(EPOCH, 8))).isFalse();
        assertThat(only().has(new Version(UUID.randomUUID(), 7))).isFalse();
    }

    @Test
    void knowsSinceWhenANodeServesItsRevision() {
        reports.report(report("a", revision(7)));
        var applied = only().appliedAt();
        assertThat(applied).isPresent();
        reports.report(report("a", revision(7)));
        assertThat(only().appliedAt()).isEqualTo(applied);
        assertThat(only().reportedAt()).isAfter(applied.orElseThrow());
        reports.report(report("a", revision(8)));
        assertThat(only().appliedAt()).hasValueSatisfying(at -> assertThat(at).isAfter(applied.orElseThrow()));
        reports.report(report("a", Optional.empty()));
        assertThat(only().appliedAt()).isEmpty();
    }

    @Test
    void countsASilentNodeAsNotServing() {
        reports.report(report("a", revision(7)));
        var known = only();
        assertThat(aged(known, Duration.ofSeconds(10)).serving()).isTrue();
        assertThat(aged(known, Duration.ofMillis(10_001)).serving()).isFalse();
        assertThat(known.serving()).isTrue();
        DB.execute("update node set reported_at = now() - interval '11 seconds'");
        assertThat(only().serving()).isFalse();
        assertThat(only().age()).isBetween(Duration.ofSeconds(11), Duration.ofMinutes(5));
    }

    private static NodeReports.Known aged(NodeReports.Known known, Duration age) {
        return new NodeReports.Known(known.report(), known.reportedAt(), age, known.appliedAt());
    }

    @Test
    void tellsANodeThatIsAliveWhoServes() {
        var a = report("a", revision(7), "old");
        reports.report(a);
        reports.report(report("b", revision(7)));
        reports.report(report("c", revision(7)));
        DB.execute("update node set reported_at = now() - interval '11 seconds' where name <> 'c'");
        assertThat(reports.alive("a", a.boot())).containsExactly("a", "c");
        assertThat(reports.all().getFirst())
                .satisfies(known -> assertThat(known.serving()).isTrue())
                .extracting(NodeReports.Known::report)
                .isEqualTo(a);
        assertThat(reports.all().get(1).serving()).isFalse();
    }

    @Test
    void doesNotKnowANodeThatHasNotReportedSinceItsStart() {
        reports.report(report("a", revision(7)));
        DB.execute("update node set reported_at = now() - interval '11 seconds'");
        assertThat(reports.alive("a", UUID.randomUUID())).isEmpty();
        assertThat(reports.alive("b", UUID.randomUUID())).isEmpty();
        assertThat(only().serving()).isFalse();
    }

    @Test
    void forgetsANodeThatLeft() {
        reports.report(report("a", revision(7)));
        reports.report(report("b", revision(7)));
        reports.forget("a");
        reports.forget("never-seen");
        assertThat(only().report().name()).isEqualTo("b");
    }
}
