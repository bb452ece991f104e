package dev.gatehouse.deploy.bench.wire;

import dev.gatehouse.node.wire.CanonicalPath;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The one spelling of a path: of one that is in it already, and of one that is not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PathBenchmark {

    @Param({"/api/users/4711/orders", "/api/users/J%c3%bcrgen/or%64ers"})
    public String path = "";

    @Benchmark
    public CanonicalPath of() {
        return CanonicalPath.of(path);
    }
}
