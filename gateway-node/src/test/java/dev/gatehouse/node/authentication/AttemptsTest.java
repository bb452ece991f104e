package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.HandMovedClock;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final HandMovedClock clock = new HandMovedClock();
    private final Attempts attempts = new Attempts(clock);

    @Test
    void countsAnIpv6CustomerAsOneAndOthersApart() {
        assertThat(refused("2001:db8:1:2::1")).isZero();
        assertThat(refused("2001:db8:1:2:ffff::9")).isPositive();
        assertThat(refused("2001:db8:1:3::1")).isZero();
        assertThat(refused("192.0.2.1")).isZero();
        assertThat(refused("192.0.2.2")).isZero();
    }

    @Test
    void saysHowLongToWaitWithoutCounting() {
        assertThat(wait("192.0.2.1")).isZero();
        refused("192.0.2.1");

        assertThat(wait("192.0.2.1")).isEqualTo(60_000);
        assertThat(refused("192.0.2.1")).isEqualTo(60_000);
        clock.advance(Duration.ofSeconds(59));
        assertThat(wait("192.0.2.1")).isEqualTo(1_000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(wait("192.0.2.1")).isZero();
        assertThat(refused("192.0.2.1")).isZero();
    }

    @Test
    void countsNothingWhereAnyNumberMayBeRefused() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(attempts.refused(InetAddress.ofLiteral("192.0.2.1"), 0)).isZero();
        }
        assertThat(wait("192.0.2.1")).isZero();
    }

    private long refused(String address) {
        return attempts.refused(InetAddress.ofLiteral(address), 1);
    }

    private long wait(String address) {
        return attempts.wait(InetAddress.ofLiteral(address), 1);
    }
}
