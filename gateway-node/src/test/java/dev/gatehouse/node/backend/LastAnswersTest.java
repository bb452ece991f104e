package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.LastAnswer;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which answer of a route is its last one. */
class LastAnswersTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now;
    private final LastAnswers answers =
            new LastAnswers(new LastAnswer(Duration.ofHours(1), 1 << 20, 1 << 10), new AnswerRoom(), () -> now);

    @Test
    void oneASecondIsKeptAndTheOthersAreNotEvenLookedAt() throws IOException {
        var question = question("/a");
        answered(question, "first");
        now += SECOND - 1;
        var untouched = new Response(200, new Headers(), Body.of("second".getBytes(StandardCharsets.US_ASCII)));
        assertThat(answers.remember(question, untouched)).isSameAs(untouched);
        answered(question("/b"), "another");
        assertThat(last(question)).isEqualTo("first");

        now += 1;
        answered(question, "third");
        assertThat(last(question)).isEqualTo("third");
        assertThat(last(question("/b"))).isEqualTo("another");
    }

    @Test
    void whatDiffersByAnAcceptFieldIsAnotherQuestion() throws IOException {
        var german = question("/a", "Accept-Language", "de");
        answered(german, "hallo");

        assertThat(answers.find(question("/a"))).isNull();
        assertThat(answers.find(question("/a", "Accept-Language", "fr"))).isNull();
        assertThat(last(question("/a", "accept-language", "de"))).isEqualTo("hallo");
    }

    private static Exchange question(String path, String... fields) {
        return Exchanges.get(path, fields);
    }

    private void answered(Exchange question, String body) throws IOException {
        var answer = new Response(200, new Headers(), Body.of(body.getBytes(StandardCharsets.US_ASCII)));
        try (var kept = answers.remember(question, answer)) {
            kept.body().stream().readAllBytes();
        }
    }

    private String last(Exchange question) throws IOException {
        try (var found = Objects.requireNonNull(answers.find(question))) {
            return new String(found.body().stream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
