package dev.gatehouse.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.HandClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final HandClock clock = new HandClock(Instant.ofEpochSecond(1_800_000_000));
    private final Attempts attempts = new Attempts(clock);

    @Test
    void allowsFiveInFiveMinutesAndThenSaysHowLongToWait() {
        for (int i = 0; i < Attempts.FROM_ONE_ADDRESS; i++) {
            assertThat(attempts.count("admin", "10.0.0.1")).isEmpty();
            clock.forward(Duration.ofSeconds(10));
        }

        assertThat(attempts.count("admin", "10.0.0.1")).contains(Duration.ofSeconds(250));
    }

    @Test
    void letsOneMoreThroughAsSoonAsTheOldestIsFiveMinutesAgo() {
        fail("admin", "10.0.0.1", Attempts.FROM_ONE_ADDRESS);
        clock.forward(Attempts.SPAN);

        assertThat(attempts.count("admin", "10.0.0.1")).isEmpty();
    }

    @Test
    void doesNotHoldOneAddressAgainstAnother() {
        fail("admin", "10.0.0.1", Attempts.FROM_ONE_ADDRESS);

        assertThat(attempts.count("admin", "10.0.0.2")).isEmpty();
        assertThat(attempts.count("somebody", "10.0.0.1")).isEmpty();
    }

    @Test
    void limitsGuessesForOneUserFromManyAddresses() {
        for (int i = 0; i < Attempts.FOR_ONE_USER; i++) {
            fail("admin", "10.0.0." + i, 1);
        }

        assertThat(attempts.count("admin", "10.0.1.1")).isPresent();
    }

    @Test
    void takesBackWhatWasCountedWhenThePasswordWasRight() {
        fail("admin", "10.0.0.1", Attempts.FROM_ONE_ADDRESS);
        attempts.forgive("admin", "10.0.0.1");

        assertThat(attempts.count("admin", "10.0.0.1")).isEmpty();
    }

    private void fail(String user, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.count(user, address)).isEmpty();
        }
    }
}
