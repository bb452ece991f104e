package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CalmTest {

    private static final long ANSWERED = 1_000;

    private final AtomicReference<@Nullable Calm> told = new AtomicReference<>();
    private final Calm calm = new Calm(told::set);

    @Test
    void whoWasShedAndAsksAgainAtOnceIsHeardWhenTheClockSaysSo() throws InterruptedException {
        calm.after(refused(Refusal.OVERLOADED));
        var thread = Thread.ofVirtual().start(() -> calm.down(ANSWERED, () -> ANSWERED + 1));
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(told).hasValue(calm);
        assertThat(calm.check(ANSWERED + Calm.NANOS - 1)).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
        assertThat(calm.check(ANSWERED + Calm.NANOS)).isFalse();
        thread.join();
    }

    @Test
    void whoHasWaitedByItselfIsHeardAtOnce() {
        calm.after(refused(Refusal.OVERLOADED));
        calm.down(ANSWERED, () -> ANSWERED + Calm.NANOS);
        assertThat(told).hasValue(null);
    }

    @Test
    void whoWasRefusedForAnotherReasonIsHeardAtOnce() {
        calm.after(refused(Refusal.RATE_LIMITED));
        calm.down(ANSWERED, () -> ANSWERED + 1);
    }

    private static Response refused(Refusal refusal) {
        return Rejection.of(refusal, "Not now.").toResponse();
    }
}
