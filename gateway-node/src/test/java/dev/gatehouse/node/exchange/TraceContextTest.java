package dev.gatehouse.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @ParameterizedTest
    @CsvSource({"00, 00, ''", "00, 01, ''", "00, 02, ''", "cc, 01, ''", "cc, 01, -what-comes-later"})
    void goesOnWithATraceUnderASpanOfItsOwn(String version, String flags, String more) {
        var trace = TraceContext.continued(version + "-" + TRACE + "-" + PARENT + "-" + flags + more)
                .orElseThrow();

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.parent()).isEqualTo(PARENT);
        assertThat(trace.sampled()).isEqualTo(flags.equals("01"));
        assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(PARENT);
        assertThat(trace.traceparent()).isEqualTo("00-" + TRACE + "-" + trace.spanId() + "-" + flags);
    }

    @Test
    void handsOnNoFlagThatIsReserved() {
        assertThat(TraceContext.continued("00-" + TRACE + "-" + PARENT + "-ff")
                        .orElseThrow()
                        .flags())
                .isEqualTo("03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-" + PARENT,
                "00-" + TRACE + "-" + PARENT + "-1",
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-" + TRACE + "-" + PARENT + "-01,",
                " 00-" + TRACE + "-" + PARENT + "-01",
                "cc-" + TRACE + "-" + PARENT + "-01.more",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + PARENT + "-01",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-b7ad6b716920333-01",
                "00-" + TRACE + "-b7ad6b716920333g-01",
            })
    void doesNotGoOnWithWhatIsMalformed(String traceparent) {
        assertThat(TraceContext.continued(traceparent)).isEmpty();
    }

    @Test
    void beginsEachTraceAnew() {
        assertThat(TraceContext.begun(1).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03");
        assertThat(TraceContext.begun(1).traceId())
                .isNotEqualTo(TraceContext.begun(1).traceId());
    }

    @Test
    void keepsNoMoreOfItsOwnThanItIsToldTo() {
        assertThat(TraceContext.begun(0).traceparent()).endsWith("-02");
        long kept = IntStream.range(0, 10_000)
                .filter(_ -> TraceContext.begun(0.25).sampled())
                .count();
        assertThat(kept).isBetween(2_300L, 2_700L);
    }
}
