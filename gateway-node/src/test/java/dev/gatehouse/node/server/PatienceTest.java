package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), 240);

    @Test
    void runsOutWhenBytesDripMoreSlowlyThanTheRate() {
        int seconds = 0;
        while (patience.left() > 0) {
            wait(1, 120);
            seconds++;
        }
        assertThat(seconds).isEqualTo(10);
    }

    @Test
    void lastsAsLongAsTheRateIsKept() {
        for (int second = 0; second < 10_000; second++) {
            wait(1, 241);
        }
        assertThat(left()).isBetween(5.0, 30.0);
    }

    @Test
    void isNotSavedUpBeyondOneSilence() {
        wait(0, 100 << 20);
        assertThat(left()).isEqualTo(30);

        wait(29, 1);
        assertThat(left()).isLessThan(1.1);
    }

    private void wait(int seconds, int bytes) {
        patience.waited(TimeUnit.SECONDS.toNanos(seconds), bytes);
    }

    private double left() {
        return patience.left() / 1e9;
    }
}
