package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.node.routing.RouteTable;
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
import org.openjdk.jmh.annotations.TearDown;

/** From a configuration to what runs: all anew, with nothing changed since, and the checks of a save. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CompileBenchmark {

    @Param("10000")
    public int routes = 10;

    private final Compiling compiling = new Compiling();
    private Snapshot snapshot = Snapshot.EMPTY;
    private RouteTable before = RouteTable.NONE;

    @Setup
    public void prepare() {
        snapshot = GitHub.snapshot(routes);
        before = compiling.compile(snapshot, RouteTable.NONE);
    }

    @Benchmark
    public RouteTable anew() {
        return compiling.compile(snapshot, RouteTable.NONE);
    }

    @Benchmark
    public RouteTable unchanged() {
        return compiling.compile(snapshot, before);
    }

    @Benchmark
    public List<Problem> check() {
        return SnapshotRules.check(snapshot);
    }

    @TearDown
    public void close() {
        compiling.close();
    }
}
