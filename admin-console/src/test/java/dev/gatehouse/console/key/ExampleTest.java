package dev.gatehouse.console.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleTest {

    @Test
    void sendsTheKeyAsTheRouteTakesIt() {
        assertThat(curl(Map.of())).isEqualTo("curl -i -H 'X-API-Key: KEY' 'https://api.example/a'");
        assertThat(curl(Map.of("header", "")))
                .isEqualTo("curl -i -H 'Authorization: Bearer KEY' 'https://api.example/a'");
        assertThat(curl(Map.of("header", "", "bearer", false, "query", "k")))
                .isEqualTo("curl -i 'https://api.example/a?k=KEY'");
    }

    private static String curl(Map<String, ?> key) {
        var route = Settings.read(
                        Route.class,
                        Map.of(
                                "match", Map.of("path", "/a"),
                                "forward", Map.of("service", "s"),
                                "authentication", Map.of("credentials", List.of(Map.of("key", key)))))
                .orThrow();
        var snapshot = new Snapshot(Map.of(), Map.of("a", route), Map.of(), Map.of());
        return new Example(URI.create("https://api.example"), snapshot)
                .curl("KEY")
                .orElse("");
    }
}
