package dev.gatehouse.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void isWhatPrometheusReads() {
        var text = new Exposition()
                .counter("a_total", "So many.", 12_345_678)
                .gauge("b_seconds", "So long.", 0.25)
                .each("c_total", "By limit.", "counter", "limit", Map.of("x", 1, "a\"\\\n", 2))
                .toString();

        assertThat(text).isEqualTo("""
                # HELP a_total So many.
                # TYPE a_total counter
                a_total 12345678
                # HELP b_seconds So long.
                # TYPE b_seconds gauge
                b_seconds 0.25
                # HELP c_total By limit.
                # TYPE c_total counter
                c_total{limit="a\\"\\\\\\n"} 2
                c_total{limit="x"} 1
                """);
    }
}
