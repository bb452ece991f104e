package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiTest {

    private static final Map<String, Object> V1 = Map.of(
            "name", "v1",
            "deprecated", "2026-07-01",
            "sunset", "2026-12-31T18:00:00Z",
            "documentation", "https://docs.example.com/v1",
            "successor", "v2");

    private final Map<String, Object> plain = new HashMap<>(
            Map.of("named-by", List.of(Map.of("header", "X-Api-Version")), "versions", List.of(V1, "v2")));

    private List<Problem> problems() {
        return Settings.read(Api.class, plain).problems();
    }

    @Test
    void readsVersionsAndHowTheyAreNamed() {
        plain.put("default-version", "v2");
        var api = Settings.read(Api.class, plain).orThrow();
        assertThat(api.namedBy()).containsExactly(new VersionNaming.InHeader("X-Api-Version"));
        assertThat(api.versions().getLast()).isEqualTo(ApiVersion.current("v2"));
        var v1 = api.version("v1").orElseThrow();
        assertThat(v1.deprecatedSince()).contains(Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(v1.sunsetAt()).contains(Instant.parse("2026-12-31T18:00:00Z"));
        assertThat(api.version("v3")).isEmpty();
    }

    @Test
    void refusesAVersionThatIsListedTwice() {
        plain.put("versions", List.of("v1", "v2", "v1"));
        assertThat(problems()).containsExactly(new Problem("versions[2].name", "'v1' is listed twice."));
    }

    @Test
    void refusesAWayThatIsListedTwice() {
        plain.put("named-by", List.of(Map.of("path", Map.of()), Map.of("path", Map.of("segment", 1))));
        assertThat(problems()).containsExactly(new Problem("named-by[1]", "This way is listed twice."));
    }

    @Test
    void refusesADefaultThatIsNoVersion() {
        plain.put("default-version", "v3");
        assertThat(problems())
                .containsExactly(new Problem("default-version", "There is no version 'v3'; there are v1, v2."));
    }

    @Test
    void refusesADefaultThatIsRetired() {
        plain.put("versions", List.of(Map.of("name", "v1", "retired", true), "v2"));
        plain.put("default-version", "v1");
        assertThat(problems()).containsExactly(new Problem("default-version", "'v1' is retired."));
    }

    @Test
    void refusesToFallBackOnADefaultThatIsMissing() {
        plain.put("unknown", "default");
        assertThat(problems())
                .containsExactly(new Problem(
                        "default-version",
                        "Must be given where a request for an unknown version gets the default one."));
    }

    @Test
    void refusesASunsetBeforeTheDeprecation() {
        plain.put("versions", List.of(Map.of("name", "v1", "deprecated", "2026-07-01", "sunset", "2026-06-30")));
        assertThat(problems())
                .containsExactly(new Problem("versions[0].sunset", "Must not be before it is deprecated, 2026-07-01."));
    }

    @Test
    void refusesASuccessorThatIsNotThere() {
        plain.put(
                "versions", List.of(Map.of("name", "v1", "successor", "v2"), Map.of("name", "v3", "successor", "v3")));
        assertThat(problems())
                .containsExactly(
                        new Problem("versions[0].successor", "There is no version 'v2'; there are v1, v3."),
                        new Problem("versions[1].successor", "A version does not succeed itself."));
    }
}
