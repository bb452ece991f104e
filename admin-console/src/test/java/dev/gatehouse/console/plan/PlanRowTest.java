package dev.gatehouse.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanRowTest {

    @Test
    void tellsOfAllThatAPlanBounds() {
        var plan = Settings.read(
                        Plan.class,
                        Map.of(
                                "limits", List.of(Map.of("requests", 60, "window", "1m", "name", "calls")),
                                "concurrency", List.of(Map.of("requests", 5, "name", "at-once")),
                                "quotas",
                                        List.of(
                                                Map.of("amount", 9000, "every", "month", "name", "monthly"),
                                                Map.of(
                                                        "amount", 7, "every", "custom", "length", "90m", "name",
                                                        "own"))))
                .orThrow();

        assertThat(new PlanRow("gold", plan, 1, List.of()).limits())
                .isEqualTo("60/1m · 5 at once · 9\u202f000/month · 7/1h30m");
    }
}
