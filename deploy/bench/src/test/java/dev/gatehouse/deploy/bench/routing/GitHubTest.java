package dev.gatehouse.deploy.bench.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.routing.Found;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GitHubTest {

    @Test
    void hasManyPathsWithParametersAndNoTies() {
        var snapshot = GitHub.snapshot(1_000);

        assertThat(SnapshotRules.check(snapshot)).isEmpty();
        assertThat(snapshot.routes().values().stream()
                        .map(route -> route.match().path())
                        .filter(path -> path.contains("{"))
                        .distinct())
                .hasSizeGreaterThan(200);
        assertThat(snapshot.routes().values().stream()
                        .flatMap(route -> route.match().hosts().stream())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void takesEachRequestThatIsMeasured() {
        var benchmark = new MatchBenchmark();
        benchmark.routes = 1_000;
        benchmark.prepare();

        assertThat(Stream.generate(benchmark::find).limit(2_000)).allMatch(found -> found instanceof Found.Taken);
    }
}
