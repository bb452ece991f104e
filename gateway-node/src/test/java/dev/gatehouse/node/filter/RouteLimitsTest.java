package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteLimitsTest {

    private final RouteLimits limits = new RouteLimits(4, Duration.ofMinutes(5), Duration.ZERO);

    @Test
    void refusesABodyThatIsAnnouncedAsTooLargeBeforeAnythingElse() {
        var answer = limits.filter(Exchanges.post("/", Body.of(new byte[5])), _ -> fail("was asked"));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.rejection())
                .isNotNull()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("4 bytes"));
    }

    @Test
    void passesABodyThatIsNot() {
        assertThat(asked(Body.of(new byte[4])).body().length()).isEqualTo(4);
    }

    @Test
    void refusesAStreamOnceItHasBecomeTooLarge() throws IOException {
        assertThat(asked(streamed(4)).body().stream().readAllBytes()).hasSize(4);

        assertThatThrownBy(() -> asked(streamed(5)).body().stream().readAllBytes())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.rejection().refusal()).isEqualTo(Refusal.BODY_TOO_LARGE));
        assertThatThrownBy(() -> asked(streamed(5)).body().stream().skipNBytes(5))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void keepsWhatComesBehindAStream() {
        assertThat(asked(streamed(1)).body().trailers()).hasSize(1);
    }

    @Test
    void saysHowLongTheAnswerMayTakeToBegin() {
        assertThat(asked(Body.empty()).nanosLeft())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofMinutes(5).toNanos());
    }

    /** The exchange as the next handler gets it. */
    private Exchange asked(Body body) {
        var exchange = Exchanges.post("/", body);
        var answer = limits.filter(exchange, _ -> new Response(200, new Headers(), Body.empty()));
        assertThat(answer.status()).isEqualTo(200);
        return exchange;
    }

    private static Body streamed(int bytes) {
        var in = new ByteArrayInputStream(new byte[bytes]);
        return new Body() {
            @Override
            public long length() {
                return UNKNOWN;
            }

            @Override
            public InputStream stream() {
                return in;
            }

            @Override
            public Headers trailers() {
                return Headers.of("X-Sum", "1");
            }

            @Override
            public void close() {}
        };
    }
}
