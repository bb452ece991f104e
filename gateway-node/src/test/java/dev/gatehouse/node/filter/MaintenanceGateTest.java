package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.Maintenance;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceGateTest {

    @Test
    void saysWhyAndWhenToComeBack() {
        var answer = ask(Map.of("message", "Moving house.", "retry-after", "2h"), "203.0.113.5");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).contains("7200");
        var rejection = Objects.requireNonNull(answer.rejection());
        assertThat(rejection.refusal().code()).isEqualTo("maintenance");
        assertThat(rejection.reason()).isEqualTo("Moving house.");
        assertThat(rejection.policy()).isEqualTo("maintenance");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 200",
        "192.0.2.7, 200",
        "2001:db8::1, 200",
        "192.0.2.8, 503",
        "2001:db9::1, 503",
        "127.0.0.1, 503"
    })
    void letsThoseThroughWhoWorkOnIt(String address, int status) {
        var allowed = List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32");
        assertThat(ask(Map.of("addresses", allowed), address).status()).isEqualTo(status);
    }

    @Test
    void letsAllThroughWhileItIsSwitchedOff() {
        assertThat(ask(Map.of("active", false), "203.0.113.5").status()).isEqualTo(200);
    }

    private static Response ask(Map<String, Object> plain, String address) {
        return new MaintenanceGate(Settings.read(Maintenance.class, plain).orThrow())
                .filter(Exchanges.from(address), _ -> new Response(200, new Headers(), Body.empty()));
    }
}
