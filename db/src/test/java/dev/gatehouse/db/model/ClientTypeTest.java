package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTypeTest {

    private static Settings.Reading<ClientType> read(Map<String, Object> sign) {
        return Settings.read(ClientType.class, Map.of("recognised-by", List.of(sign)));
    }

    @Test
    void readsSignsAndTheConsumersAmongThem() {
        var type = Settings.read(
                        ClientType.class,
                        Map.of(
                                "recognised-by",
                                List.of(
                                        Map.of("user-agent", Map.of("contains", "okhttp")),
                                        Map.of("consumer", Map.of("consumers", List.of("shop", "bank")))),
                                "priority",
                                7))
                .orThrow();
        assertThat(type.recognisedBy().getFirst()).isEqualTo(new ClientSign.ByUserAgent("okhttp", ""));
        assertThat(type.consumers()).containsExactly("shop", "bank");
        assertThat(type.priority()).isEqualTo(7);
    }

    @Test
    void refusesATypeWithoutAnySign() {
        assertThat(Settings.read(ClientType.class, Map.of()).problems())
                .extracting(Problem::path)
                .containsExactly("recognised-by");
    }

    @Test
    void refusesASignThatSaysNothingOrTwoThings() {
        assertThat(read(Map.of("user-agent", Map.of())).problems())
                .containsExactly(new Problem(
                        "recognised-by[0].user-agent.contains",
                        "Exactly one of 'contains' and 'matches' must be given."));
        assertThat(read(Map.of("header", Map.of("name", "X-Client", "is", "a", "matches", "b")))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("recognised-by[0].header.matches");
    }

    @Test
    void refusesAnExpressionThatCouldTakeLong() {
        assertThat(read(Map.of("tls-subject", Map.of("matches", "(a"))).problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("'(a' is refused: must be a regular expression of RE2");
    }
}
