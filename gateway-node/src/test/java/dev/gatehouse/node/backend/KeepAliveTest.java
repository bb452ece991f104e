package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.ResponseHead;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {

    private static final Framing TWO = new Framing.Length(2);

    @ParameterizedTest
    @CsvSource({
        "'timeout=5',            4",
        "'timeout=5, max=100',   4",
        "'max=100, Timeout=60',  59",
        "'max=100,timeout=60',   59",
        "'timeout=1',            0",
        "'timeout=0',            0",
    })
    void isASecondShorterThanTheServicesPatience(String field, long seconds) {
        assertThat(after(1, 200, TWO, "Keep-Alive", field)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"max=100", "timeout=", "timeout=soon", "timeout=-1", "xtimeout=5", "timeout=99999999"})
    void isLongWhereTheServiceDoesNotSay(String field) {
        assertThat(after(1, 200, TWO, "Keep-Alive", field)).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, close,          false",
        "1, 'x, Close',     false",
        "1, keep-alive,     true",
        "0, keep-alive,     true",
        "0, x,              false",
    })
    void isWhatConnectionSays(int minor, String connection, boolean stays) {
        assertThat(after(minor, 200, TWO, "Connection", connection).isZero()).isNotEqualTo(stays);
    }

    @Test
    void isNoneWhereMoreMayFollowThanTheFramingSays() {
        assertThat(after(1, 200, new Framing.UntilClose())).isZero();
        assertThat(after(1, 204, new Framing.None(), "Content-Length", "2")).isZero();
        assertThat(after(1, 204, new Framing.None(), "Transfer-Encoding", "chunked"))
                .isZero();
    }

    @Test
    void isLongAfterAnAnswerThatHasNoBodyByItsNature() {
        assertThat(after(1, 204, new Framing.None())).isPositive();
        assertThat(after(1, 204, new Framing.None(), "Content-Length", "0")).isPositive();
        assertThat(after(1, 304, new Framing.None(), "Content-Length", "7")).isPositive();
    }

    private static Duration after(int minor, int status, Framing framing, String... headers) {
        return KeepAlive.after(new ResponseHead(minor, status, Headers.of(headers)), framing);
    }
}
