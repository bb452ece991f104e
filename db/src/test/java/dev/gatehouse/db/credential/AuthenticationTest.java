package dev.gatehouse.db.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "introspection"})
    void refusesAHeaderForATokenThatCannotHoldOne(String kind) {
        var token = Map.of(kind, Map.of("issuer", "corp", "header", "authorization"));

        assertThat(Settings.read(Authentication.class, Map.of("credentials", List.of(token)))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("credentials[0]." + kind + ".header");
    }
}
