package dev.gatehouse.deploy.bench.key;

import dev.gatehouse.node.identity.KeyRows;
import dev.gatehouse.node.identity.KeyTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the hash of a key to whether it is in force, each time another one of a million. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FindBenchmark {

    private static final int ASKED = 1 << 16;

    @Param({"1000", "1000000"})
    public int keys = 1_000;

    private final KeyTable table = new KeyTable();
    private final byte[][] known = new byte[ASKED][];
    private final byte[][] unknown = new byte[ASKED][];
    private int turn;

    @Setup
    public void prepare() {
        table.replace(to -> ManyKeys.handOver(keys, to));
        for (int i = 0; i < ASKED; i++) {
            known[i] = ManyKeys.hash((int) (i * 7_919L % keys));
            unknown[i] = ManyKeys.hash(keys + i);
        }
    }

    @Benchmark
    public boolean known() {
        return find(known[turn++ & (ASKED - 1)]);
    }

    @Benchmark
    public boolean unknown() {
        return find(unknown[turn++ & (ASKED - 1)]);
    }

    private boolean find(byte[] hash) {
        var rows = table.rows();
        int row = rows.find(hash);
        return row != KeyRows.NONE && rows.inForce(row, 1_800_000_000_000L);
    }
}
