package dev.gatehouse.deploy.bench.wire;

import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A chunked body of 16 KB, taken apart; the connection's buffer is made anew for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChunksBenchmark {

    private static final int BODY = 16 << 10;

    @Param({"64", "4096"})
    public int chunk;

    private byte[] coded = {};
    private final byte[] target = new byte[8 << 10];

    @Setup
    public void code() {
        var body = "x".repeat(chunk);
        coded = HeadBenchmark.octets((Integer.toHexString(chunk) + "\n" + body + "\n").repeat(BODY / chunk) + "0\n\n");
    }

    @Benchmark
    public int decode() throws IOException {
        var body = BodyInput.of(new Framing.Chunked(), new WireInput(new ByteArrayInputStream(coded)));
        int sum = 0;
        for (int count = body.read(target, 0, target.length); count >= 0; count = body.read(target, 0, target.length)) {
            sum += count;
        }
        return sum;
    }
}
