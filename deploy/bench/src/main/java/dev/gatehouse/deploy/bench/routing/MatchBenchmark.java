package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.db.routing.Filed;
import dev.gatehouse.db.routing.Found;
import dev.gatehouse.db.routing.RouteIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a request to its route, each time another one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatchBenchmark {

    private static final int REQUESTS = 1 << 10;

    @Param({"10", "10000"})
    public int routes = 10;

    private RouteIndex<String> index = new RouteIndex<>(List.of());
    private List<Asked> requests = List.of();
    private int turn;

    @Setup
    public void prepare() {
        var snapshot = GitHub.snapshot(routes);
        var filed = new ArrayList<Filed<String>>();
        snapshot.routes()
                .forEach((name, route) ->
                        filed.add(new Filed<>(name, route.match().criteria(), name)));
        index = new RouteIndex<>(filed);
        requests = GitHub.requests(snapshot, REQUESTS);
    }

    @Benchmark
    public Found<String> find() {
        return index.find(requests.get(turn++ & (REQUESTS - 1)));
    }
}
