package dev.gatehouse.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What nodes say, put together. */
class TargetRowTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HELD = "held by hand; Revisions tells who did it, and when";
    private static final Target NAMED = new Target("http://users.internal");

    @Test
    void takesForUsedOfWhomNothingIsTold() {
        var held = new Target("http://b").in(Target.State.HELD);
        var rows = rows(List.of(new Target("http://a"), held), node("one", Duration.ZERO));

        assertThat(rows).extracting(TargetRow::text).containsExactly("http://a", "http://b");
        assertThat(cell(rows, 0, 0)).isEqualTo(new TargetRow.Cell("one", Level.GOOD, "in use", Instant.EPOCH, ""));
        assertThat(cell(rows, 1, 0)).isEqualTo(new TargetRow.Cell("one", Level.UNKNOWN, "held", Instant.EPOCH, HELD));
    }

    @Test
    void whatNoRouteLeadsToIsNotInUse() {
        var service = service(List.of(new Target("http://a")));
        var nodes = List.of(node("one", Duration.ZERO));

        assertThat(TargetRow.of("users", service, false, nodes).getFirst().cells())
                .containsExactly(new TargetRow.Cell(
                        "one", Level.UNKNOWN, "not asked", Instant.EPOCH, "no route forwards to the service"));
        assertThat(ServiceHealth.of("users", service, false, nodes))
                .isEqualTo(new ServiceHealth(Level.UNKNOWN, "no route"));
        assertThat(ServiceHealth.of("users", service, true, nodes)).isEqualTo(new ServiceHealth(Level.GOOD, "in use"));
    }

    @Test
    void theListTellsThoseThatFailFromThoseThatArePutOut() {
        var targets = List.of(new Target("http://a"), NAMED, new Target("http://c").in(Target.State.DRAINED));
        var failing = node("one", Duration.ZERO, state("", Condition.UNHEALTHY));

        assertThat(ServiceHealth.of("users", service(targets), true, List.of(failing)))
                .isEqualTo(new ServiceHealth(Level.ATTENTION, "1 failing, 1 out"));
        assertThat(ServiceHealth.of("users", service(targets.subList(0, 2)), true, List.of(failing)))
                .isEqualTo(new ServiceHealth(Level.ATTENTION, "1 of 2 failing"));
        assertThat(ServiceHealth.of("users", service(List.of(NAMED)), true, List.of(failing)))
                .isEqualTo(new ServiceHealth(Level.BAD, "all failing"));
    }

    @Test
    void showsEachAddressOfANameThatAnyNodeKnows() {
        var one = node(
                "one", Duration.ZERO, state("10.0.0.1:80", Condition.IN_USE), state("10.0.0.2:80", Condition.EJECTED));
        var other = node("other", Duration.ZERO, state("10.0.0.2:80", Condition.IN_USE));
        var lost = node("lost", Duration.ZERO, state("", Condition.UNRESOLVED));
        var silent = node("silent", Duration.ofMinutes(1), state("10.0.0.9:80", Condition.IN_USE));
        var rows = rows(List.of(NAMED), one, other, lost, silent);

        assertThat(rows).extracting(TargetRow::text).containsExactly("10.0.0.1:80", "10.0.0.2:80", "10.0.0.9:80");
        assertThat(rows.get(1).cells())
                .extracting(TargetRow.Cell::word)
                .containsExactly("ejected", "in use", "no address", "silent");
        assertThat(cell(rows, 1, 0).level()).isEqualTo(Level.BAD);
        assertThat(cell(rows, 0, 1).word()).isEqualTo("not known");
    }

    private static TargetRow.Cell cell(List<TargetRow> rows, int row, int node) {
        return rows.get(row).cells().get(node);
    }

    private static List<TargetRow> rows(List<Target> targets, Known... nodes) {
        return TargetRow.of("users", service(targets), true, List.of(nodes));
    }

    private static Service service(List<Target> targets) {
        return new Service(targets, Duration.ofSeconds(1), Duration.ofSeconds(1), Protocol.HTTP1, ServiceTls.DEFAULT);
    }

    private static TargetState state(String address, Condition condition) {
        return new TargetState("users", NAMED.identity(), address, condition, NOW, "because");
    }

    private static Known node(String name, Duration age, TargetState... targets) {
        var report = new NodeReports.Report(
                name,
                UUID.randomUUID(),
                "http://10.0.0.1:8080",
                "0.1.0",
                NOW,
                Optional.empty(),
                List.of(),
                List.of(targets),
                List.of());
        return new Known(report, NOW, age, Optional.empty());
    }
}
