package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Samples;
import dev.gatehouse.db.resilience.Adaptive;
import dev.gatehouse.db.resilience.Breaker;
import dev.gatehouse.db.resilience.Concurrency;
import dev.gatehouse.db.resilience.Hedge;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.db.resilience.Retry;
import dev.gatehouse.db.resilience.RetryBudget;
import dev.gatehouse.db.resilience.ServiceResilience;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ResilienceTest {

    @Test
    void nothingIsOnUnlessItIsWritten() {
        var service = Samples.service(1).resilience();
        assertThat(service.breaker()).isEqualTo(Breaker.NONE).matches(breaker -> !breaker.active());
        assertThat(service.targetBreaker()).isEqualTo(Breaker.NONE);
        assertThat(service.bulkhead()).isEqualTo(Concurrency.UNBOUNDED);
        assertThat(service.adaptive()).isEqualTo(Adaptive.NONE);
        assertThat(service.retryBudget()).isEqualTo(new RetryBudget(20, 3));
        assertThat(service.idleTimeout()).isZero();

        var route = Samples.route("/a", "users").resilience();
        assertThat(route.retry()).isEqualTo(Retry.DEFAULT).matches(retry -> retry.attempts() == 1);
        assertThat(route.retry().on()).isEmpty();
        assertThat(route.hedge()).isEqualTo(Hedge.NONE);
        assertThat(route.priority()).isEqualTo(Priority.NORMAL);
        assertThat(route.fallback()).isEqualTo(Fallbacks.NONE);
        assertThat(route.wholeTimeout()).isZero();
    }

    @Test
    void isReadAsItIsWritten() {
        var route = read(Route.class, """
                match: { path: /a }
                forward: { service: users }
                resilience:
                  try-timeout: 2s
                  retry: { attempts: 3, on: [timeout, 503], max-body: 64KiB }
                  hedge: { requests: 1, delay: 100ms }
                  priority: critical
                  fallback:
                    instead:
                      - last-answer: { max-age: 5m }
                      - service: { service: spare }
                      - reply: { status: 503, body: later }
                    on: [timeout, 500]
                """);
        assertThat(route.resilience().tryTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(route.resilience().retry().on()).containsExactly(Retry.On.TIMEOUT, Retry.On.S503);
        assertThat(route.resilience().retry().maxBody()).isEqualTo(64 << 10);
        assertThat(route.resilience().priority()).isEqualTo(Priority.CRITICAL);
        assertThat(route.resilience().fallback().instead())
                .hasSize(3)
                .element(1)
                .isEqualTo(new OtherService("spare"));
        assertThat(route.services())
                .isEqualTo(
                        Map.of("forward.service", "users", "resilience.fallback.instead[1].service.service", "spare"));
        assertThat(Settings.read(Route.class, Settings.write(route)).orThrow()).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    breaker: { open: 5m } | breaker.longest-open | Must be at least the open time.
                    bulkhead: { queue: 5 } | bulkhead.queue | Nothing waits where the requests have no bound.
                    adaptive: { least: 50, most: 10 } | adaptive.most | Must be at least the least.
                    """)
    void refusesWhatContradictsItself(String yaml, String at, String message) {
        assertThat(problems(ServiceResilience.class, yaml)).containsExactly(new Problem(at, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    retry: { backoff: 5s } | retry.longest-backoff | Must be at least the backoff.
                    bulkhead: { queue: 5 } | bulkhead.queue | Nothing waits where the requests have no bound.
                    fallback: { on: [timeout] } | fallback.on | Nothing is answered instead; say what.
                    fallback: { instead: [ { reply: {} }, { last-answer: {} } ] } | fallback.instead[1] | Is never reached: a fixed reply always answers.
                    fallback: { instead: [ { last-answer: {} }, { last-answer: {} } ] } | fallback.instead | Only one of them can be the last good answer.
                    """)
    void refusesWhatARouteCannotMean(String yaml, String at, String message) {
        assertThat(problems(RouteResilience.class, yaml)).containsExactly(new Problem(at, message));
    }

    @Test
    void aFallbackNeedsAServiceToFallBackFrom() {
        var problems = problems(Route.class, """
                match: { path: /a }
                reply: { status: 200 }
                resilience: { fallback: { instead: [ { reply: { status: 503 } } ] } }
                """);
        assertThat(problems).extracting(Problem::path).containsExactly("resilience.fallback");
    }

    @Test
    void anOpenBreakerCountsTheAnswersItIsToldTo() {
        assertThat(Breaker.Failures.SERVER.include(500)).isTrue();
        assertThat(Breaker.Failures.SERVER.include(499)).isFalse();
        assertThat(Breaker.Failures.GATEWAY.include(500)).isFalse();
        assertThat(Breaker.Failures.GATEWAY.include(504)).isTrue();
        assertThat(Breaker.Failures.NONE.include(503)).isFalse();
    }

    private static List<Problem> problems(Class<? extends Record> type, String yaml) {
        return Settings.read(type, new YAMLMapper().readValue(yaml, Object.class))
                .problems();
    }

    private static <T extends Record> T read(Class<T> type, String yaml) {
        return Settings.read(type, new YAMLMapper().readValue(yaml, Object.class))
                .orThrow();
    }
}
