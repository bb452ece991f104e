package dev.gatehouse.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request remembers of the times that a service was asked, and what ends with it. */
class ExchangeTest {

    private final Exchange exchange = Exchanges.get("/");

    @Test
    void hasReachedNobodyWhereNothingWasSent() {
        assertThat(exchange.reached()).isFalse();
        asked(Refusal.UPSTREAM_UNREACHABLE);
        asked(Refusal.UPSTREAM_CONNECT_TIMEOUT);
        asked(Refusal.POOL_FULL);
        assertThat(exchange.reached()).isFalse();
    }

    @Test
    void hasReachedAServiceThatWasAskedWhateverCameOfThatAndOfOthers() {
        for (var failure : new @Nullable Refusal[] {
            null,
            Refusal.UPSTREAM_BROKEN,
            Refusal.UPSTREAM_TIMEOUT,
            Refusal.UPSTREAM_TRY_TIMEOUT,
            Refusal.DEADLINE_EXCEEDED
        }) {
            var each = Exchanges.get("/");
            each.attempted(attempt(failure, null));
            each.attempted(attempt(Refusal.UPSTREAM_UNREACHABLE, each.attempts()));
            assertThat(each.reached()).as("%s", failure).isTrue();
        }
    }

    @Test
    void endsAfterAPauseWhatItWouldHaveEndedBefore() {
        var ended = new AtomicInteger();
        exchange.whenAbandoned(ended::incrementAndGet);

        assertThat(exchange.pause(1)).isFalse();
        exchange.abandon();

        assertThat(ended).hasValue(1);
        assertThat(exchange.pause(Long.MAX_VALUE)).isTrue();
    }

    private void asked(@Nullable Refusal failure) {
        exchange.attempted(attempt(failure, exchange.attempts()));
    }

    private static Attempt attempt(@Nullable Refusal failure, @Nullable Attempt before) {
        return new Attempt("http://here", null, 0, failure, 0, 1, false, before);
    }
}
