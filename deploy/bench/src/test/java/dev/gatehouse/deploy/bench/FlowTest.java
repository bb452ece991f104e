package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Flow flow = Flow.open("/", "", 10);

    @Test
    void timeCountsFromWhenARequestWasDue() {
        flow.plan(0, SECOND / 2);
        assertThat(flow.next(SECOND / 2)).isZero();
        assertThat(flow.next(SECOND / 2)).isEqualTo(SECOND / 10);
        flow.answered(200, 0, SECOND / 10, SECOND / 2);
        assertThat(flow.latencies().percentile(50)).isBetween(400.0, 415.0);
    }

    @Test
    void theNextIsDueByTheSchedule() {
        assertThat(flow.dueAfter(0, 0)).isEqualTo(SECOND / 10);
        assertThat(flow.dueAfter(0, SECOND / 4)).isEqualTo(SECOND * 3 / 10);
        assertThat(Flow.closed("/", "").dueAfter(0, SECOND)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatCouldNotBeSentHasFailed() {
        flow.plan(0, SECOND);
        flow.next(SECOND);
        flow.answered(503, 0, 0, SECOND);
        flow.stop();
        assertThat(flow.refusals()).isEqualTo(1);
        assertThat(flow.failures()).isEqualTo(9);
        assertThat(flow.sent()).isEqualTo(10);
    }
}
