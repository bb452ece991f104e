package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.LastAnswer;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the last answers of all routes take together. */
class AnswerRoomTest {

    private static final LastAnswer PLENTY = new LastAnswer(Duration.ofHours(1), 1 << 30, 1 << 20);

    /** A second later at each look. */
    private long now;

    private final AnswerRoom room = new AnswerRoom(100_000);
    private final LastAnswers many = new LastAnswers(PLENTY, room, this::now);
    private final LastAnswers few = new LastAnswers(PLENTY, room, this::now);

    @Test
    void theRouteThatHasMostGivesUpItsOldest() throws IOException {
        answer(few, 0);
        for (int i = 0; i < 50; i++) {
            answer(many, i);
        }
        assertThat(room.used()).isBetween(80_000L, 100_000L);
        assertThat(few.find(question(0))).isNotNull();
        assertThat(many.find(question(0))).isNull();
        assertThat(many.find(question(49))).isNotNull();
    }

    @Test
    void theSameAnswerAgainTakesNoMore() throws IOException {
        for (int i = 0; i < 50; i++) {
            answer(many, 1);
        }
        assertThat(room.used()).isEqualTo(10_000);
    }

    @Test
    void whatARouteAnsweredOutlivesItsConfiguration() throws IOException {
        var before = room.of("users", PLENTY);
        answer(before, 1);

        assertThat(room.of("users", PLENTY)).isSameAs(before);
        assertThat(room.of("users", PLENTY).find(question(1))).isNotNull();
        assertThat(room.of("orders", PLENTY).find(question(1))).isNull();
        assertThat(room.of("users", new LastAnswer(Duration.ofHours(2), 1 << 30, 1 << 20)))
                .isNotSameAs(before);
    }

    private long now() {
        now += 1_000_000_000;
        return now;
    }

    /** Ten thousand octets, with what an answer takes beside its body. */
    private static void answer(LastAnswers answers, int path) throws IOException {
        var response = answers.remember(question(path), new Response(200, new Headers(), Body.of(new byte[9_000])));
        response.body().stream().readAllBytes();
        response.close();
    }

    private static Exchange question(int path) {
        return Exchanges.get("/" + path);
    }
}
