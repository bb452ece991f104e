package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "10s, PT10S",
        "1m, PT1M",
        "1h30m, PT1H30M",
        "7d, PT168H",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "0s, PT0S",
        "90s, PT1M30S",
        "1500ms, PT1.5S"
    })
    void readsWhatPeopleWrite(String text, Duration span) {
        assertThat(Spans.read(text)).contains(span);
    }

    @Test
    void passesOverSpacesAround() {
        assertThat(Spans.read(" 10s ")).contains(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "10", "s", "10 s", "-1s", "1.5s", "1m1h", "1s1s", "1S", "10sec", "9999999999s"})
    void readsNothingElse(String text) {
        assertThat(Spans.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"60000, 1m", "90000, 1m30s", "5, 5ms", "0, 0s", "86400000, 1d", "3600001, 1h1ms"})
    void writesTheShortestText(long millis, String text) {
        assertThat(Spans.write(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void readsBackWhateverItWrites() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var span = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 45)));
            assertThat(Spans.read(Spans.write(span))).contains(span);
        }
    }
}
