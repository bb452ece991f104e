package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhasesTest {

    @Test
    void beginASecondBeforeWhatHappensWithItAndASecondLater() {
        var book = new Book(2);
        book.send(0);
        book.arrive(0);
        book.answer(0, 200);
        book.send(1);
        book.answer(1, 503);

        var phases = Phases.of(book, List.of(Event.read("30s:redis-away=1m"), Event.read("20s:kill=2")));

        assertThat(phases)
                .extracting(phase -> phase.from().toSeconds() + " " + phase.after())
                .containsExactly(
                        "0 the beginning",
                        "19 a second before",
                        "20 kill 2",
                        "21 a second later",
                        "29 a second before",
                        "30 redis-away for 1m",
                        "31 a second later",
                        "90 end of redis-away",
                        "91 a second later");
        assertThat(phases.getFirst().sent()).isEqualTo(2);
        assertThat(phases.getFirst().admitted()).isEqualTo(1);
        assertThat(phases.getFirst().failed()).isEqualTo(1);
    }
}
