package dev.gatehouse.deploy.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.wire.WireException;
import org.junit.jupiter.api.Test;

class HeadBenchmarkTest {

    private final HeadBenchmark benchmark = new HeadBenchmark();

    @Test
    void theRequestIsOfTypicalSize() {
        assertThat(benchmark.request).hasSize(600);
    }

    @Test
    void theHeadsAreWellFormed() throws WireException {
        assertThat(benchmark.parseRequest().headers().size()).isEqualTo(11);
        assertThat(benchmark.parseResponse().headers().first("Content-Length")).contains("1024");
    }
}
