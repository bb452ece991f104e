package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTest {

    @Test
    void takesATargetAsItsUrlAlone() {
        var service = Settings.read(Service.class, Map.of("targets", List.of("http://users:9101")))
                .orThrow();
        assertThat(service).isEqualTo(service("http://users:9101"));
        assertThat(service.targets().getFirst().origin()).hasHost("users").hasPort(9101);
    }

    @Test
    void speaksHttp1AndVerifiesWhereNothingElseIsWritten() {
        var plain = Map.of("targets", List.of("http://users:9101"));
        var service = Settings.read(Service.class, plain).orThrow();
        assertThat(service.protocol()).isEqualTo(Protocol.HTTP1);
        assertThat(service.tls()).isEqualTo(new ServiceTls("", "", "", true));
        assertThat(Settings.write(service)).isEqualTo(plain);
    }

    @Test
    void takesHttp2AndTlsOfItsOwn() {
        var service = Settings.read(
                        Service.class,
                        Map.of(
                                "targets",
                                List.of("https://users:9101"),
                                "protocol",
                                "http/2",
                                "tls",
                                Map.of("server-name", "users.internal", "certificate", "gateway", "verify", false)))
                .orThrow();
        assertThat(service.protocol()).isEqualTo(Protocol.HTTP2);
        assertThat(service.tls()).isEqualTo(new ServiceTls("", "gateway", "users.internal", false));
    }

    @Test
    void wantsAtLeastOneTarget() {
        assertThat(Settings.check(service())).containsExactly(new Problem("targets", "Must be given."));
    }

    @Test
    void refusesATargetThatIsListedTwice() {
        assertThat(Settings.check(service("http://a:1", "http://b:1", "http://a:1")))
                .containsExactly(new Problem("targets[2]", "'http://a:1' is listed twice."));
    }

    @Test
    void saysWhichTargetIsMalformed() {
        assertThat(Settings.check(service("http://a:1", "a:1"))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("targets[1].url");
            assertThat(problem.message()).startsWith("'a:1' is refused: must be http:// or https://, a host");
        });
    }

    @Test
    void holdsItsTimeoutsToTheirBounds() {
        var plain = Map.of("targets", List.of("http://a:1"), "connect-timeout", "9ms", "response-timeout", "61m");
        assertThat(Settings.read(Service.class, plain).problems())
                .extracting(Problem::path)
                .containsExactly("connect-timeout", "response-timeout");
    }
}
