package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Door;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SheddingTest {

    @Test
    void refusesWhatIsNotLetInAndSaysWhenToComeBack() {
        try (var response = shedding((_, _) -> false).filter(Exchanges.get("/"), _ -> {
            throw new AssertionError("it was not let in");
        })) {
            var rejection = response.rejection();
            assertThat(rejection).isNotNull();
            assertThat(rejection.refusal()).isEqualTo(Refusal.OVERLOADED);
            assertThat(response.headers().first("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).matches("[123]"));
        }
    }

    @Test
    void asksWithTheRoutesPriorityAndKnowsTheCaller() {
        Door door = (route, consumer) -> route == Priority.LOW && consumer.get().equals(Optional.of("shop"));
        try (var response =
                shedding(door).filter(Exchanges.get("/"), _ -> new Response(204, new Headers(), Body.empty()))) {
            assertThat(response.status()).isEqualTo(204);
        }
    }

    private static Shedding shedding(Door door) {
        return new Shedding(door, Priority.LOW, _ -> Optional.of("shop"));
    }
}
