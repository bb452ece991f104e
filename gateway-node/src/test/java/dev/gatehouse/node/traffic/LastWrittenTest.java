package dev.gatehouse.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastWrittenTest {

    private static final Instant NOON = Instant.parse("2026-10-07T12:00:00Z");

    private final LastWritten written = new LastWritten();

    @Test
    void letsAKeyBeWrittenAboutOnceAnHour() {
        int times = 0;
        for (var at = NOON; at.isBefore(NOON.plus(Duration.ofHours(24))); at = at.plusSeconds(5)) {
            times += written.due("aaaaaaaa", at) ? 1 : 0;
        }
        assertThat(times).isBetween(24, 29);
    }

    @Test
    void writesAgainWhatWasNotTaken() {
        assertThat(written.due("aaaaaaaa", NOON)).isTrue();
        written.forget("aaaaaaaa");
        assertThat(written.due("aaaaaaaa", NOON.plusSeconds(5))).isTrue();
        assertThat(written.due("aaaaaaaa", NOON.plusSeconds(10))).isFalse();
        assertThat(written.due("bbbbbbbb", NOON.plusSeconds(10))).isTrue();
    }
}
