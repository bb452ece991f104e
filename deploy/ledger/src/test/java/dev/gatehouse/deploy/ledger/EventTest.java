package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.deploy.ledger.Event.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {

    @Test
    void isReadAsItIsWritten() {
        assertThat(Event.read("30s:kill=2"))
                .isEqualTo(new Event(Duration.ofSeconds(30), Action.KILL, 2, Duration.ZERO));
        assertThat(Event.read("1m:flushall"))
                .isEqualTo(new Event(Duration.ofMinutes(1), Action.FLUSHALL, 0, Duration.ZERO));
        assertThat(Event.read("0s:redis-away=1m30s"))
                .isEqualTo(new Event(Duration.ZERO, Action.REDIS_AWAY, 0, Duration.ofSeconds(90)));
    }

    @ParameterizedTest
    @CsvSource({
        "kill=2, must look like",
        "30s:burn, there is no event 'burn'",
        "30s:kill, needs the number of a node",
        "30s:kill=0, needs the number of a node",
        "30s:add=1, takes no value",
        "30s:redis-away, must be a time",
        "soon:flushall, must be a time"
    })
    void saysWhatIsWrong(String text, String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> Event.read(text)).withMessageContaining(rule);
    }
}
