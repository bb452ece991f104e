package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Breaker;
import dev.gatehouse.db.settings.Settings;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Settings as they are written. */
final class Resilient {

    private Resilient() {}

    static Breaker breaker(String yaml) {
        return of(Breaker.class, yaml);
    }

    static <T extends Record> T of(Class<T> type, String yaml) {
        return Settings.read(type, new YAMLMapper().readValue(yaml, Object.class))
                .orThrow();
    }
}
