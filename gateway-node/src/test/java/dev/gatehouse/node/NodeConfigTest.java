package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.node.traffic.Collector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {

    private static final Map<String, String> LEAST =
            Map.of("GATEHOUSE_DB_USER", "node", "GATEHOUSE_KEY_PEPPER", "a pepper for tests only");

    @Test
    void needsLittleAndFallsBackToTheRest() {
        var config = NodeConfig.of(Environment.read(LEAST));

        assertThat(config.name()).isEqualTo(NodeConfig.hostName() + "-8080");
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.adminPort()).isEqualTo(9080);
        assertThat(config.adminHost()).isEqualTo("127.0.0.1");
        assertThat(config.redis()).hasToString("127.0.0.1:16379");
        assertThat(config.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:15432/postgres");
        assertThat(config.stateFolder()).isEqualTo(Path.of(".local/node"));
        assertThat(config.trustedProxies()).isEmpty();
        assertThat(config.proxyProtocol()).isFalse();
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.drainDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.peppers().newest().version()).isOne();
        assertThat(config.httpsPort()).isEmpty();
        assertThat(config.publicHttpsPort()).isEqualTo(443);
        assertThat(config.collector()).isEmpty();
    }

    @Test
    void tellsACollectorAsItsStandardVariablesSay() {
        var config = with(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example.com:4318/",
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a+b=, X-Scope=shop",
                "OTEL_SERVICE_NAME", "edge",
                "OTEL_TRACES_SAMPLER_ARG", "0.25"));

        assertThat(config.collector())
                .contains(new Collector(
                        URI.create("https://collector.example.com:4318/v1/traces"),
                        Map.of("Authorization", "Bearer a+b=", "X-Scope", "shop"),
                        "edge",
                        0.25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | must be a URL",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://a b | must be a URL",
                "OTEL_EXPORTER_OTLP_HEADERS | X-Scope | must be NAME=VALUE",
                "OTEL_EXPORTER_OTLP_HEADERS | X-Scope=%zz | Illegal hex",
                "OTEL_TRACES_SAMPLER_ARG | 1.5 | must be a share from 0 to 1",
            })
    void refusesACollectorThatCannotBeOne(String variable, String text, String rule) {
        var variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"));
        variables.put(variable, text);
        assertThatExceptionOfType(Environment.Invalid.class)
                .isThrownBy(() -> with(variables))
                .withMessageStartingWith(variable)
                .withMessageContaining(rule);
    }

    @Test
    void takesWhatIsSet() {
        var config = with(Map.of(
                "GATEHOUSE_NODE_NAME", "node-7",
                "GATEHOUSE_HTTP_PORT", "0",
                "GATEHOUSE_ADMIN_HOST", "0.0.0.0",
                "GATEHOUSE_ADMIN_PORT", "65535",
                "GATEHOUSE_STATE_DIR", "/var/lib/gatehouse",
                "GATEHOUSE_TRUSTED_PROXIES", " 10.0.0.0/8 ,, ::1,",
                "GATEHOUSE_PROXY_PROTOCOL", "true",
                "GATEHOUSE_POLL_INTERVAL", "100ms",
                "GATEHOUSE_DRAIN_DELAY", "0s"));

        assertThat(config.name()).isEqualTo("node-7");
        assertThat(config.httpPort()).isZero();
        assertThat(config.adminHost()).isEqualTo("0.0.0.0");
        assertThat(config.adminPort()).isEqualTo(65_535);
        assertThat(config.stateFolder()).isEqualTo(Path.of("/var/lib/gatehouse"));
        assertThat(config.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
        assertThat(config.proxyProtocol()).isTrue();
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.drainDelay()).isZero();
    }

    @Test
    void takesTlsWhereAPortIsSet() {
        assertThat(with(Map.of("GATEHOUSE_HTTPS_PORT", "8443")).httpsPort()).hasValue(8443);
        assertThat(with(Map.of("GATEHOUSE_HTTPS_PORT", "0")).httpsPort()).isEmpty();
        assertThat(with(Map.of("GATEHOUSE_PUBLIC_HTTPS_PORT", "8443")).publicHttpsPort())
                .isEqualTo(8443);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GATEHOUSE_HTTP_PORT       | http         | is 'http'; it must be a port from 0 to 65535.",
                "GATEHOUSE_HTTP_PORT       | 65536        | is '65536'; it must be a port from 0 to 65535.",
                "GATEHOUSE_ADMIN_PORT      | -1           | is '-1'; it must be a port from 0 to 65535.",
                "GATEHOUSE_ADMIN_HOST      | no such host | 'no such host' must be an address of this machine",
                "GATEHOUSE_HTTPS_PORT      | 84430        | it must be a port from 0 to 65535",
                "GATEHOUSE_POLL_INTERVAL   | 99ms         | must be a duration from 100ms to 1m",
                "GATEHOUSE_POLL_INTERVAL   | soon         | must be a duration from 100ms to 1m",
                "GATEHOUSE_DRAIN_DELAY     | 6m           | must be a duration from 0s to 5m",
                "GATEHOUSE_KEY_PEPPER      | fifteen chars ! | has 15 characters; it must have at least 16",
                "GATEHOUSE_TRUSTED_PROXIES | 10.0.0.0/33  | '10.0.0.0/33' is not a trusted proxy: write an address or a block",
                "GATEHOUSE_TRUSTED_PROXIES | ::1,proxy    | 'proxy' is not a trusted proxy: write an address or a block",
                "GATEHOUSE_PROXY_PROTOCOL  | yes          | 'yes' must be true or false",
                "GATEHOUSE_PROXY_PROTOCOL  | true         | only GATEHOUSE_TRUSTED_PROXIES can connect, and there are none",
            })
    void saysWhichVariableBreaksWhichRule(String variable, String value, String rule) {
        assertThatExceptionOfType(Environment.Invalid.class)
                .isThrownBy(() -> with(Map.of(variable, value)))
                .withMessageStartingWith(variable)
                .withMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GATEHOUSE_DB_USER", "GATEHOUSE_KEY_PEPPER"})
    void saysWhatMustBeSet(String variable) {
        assertThatExceptionOfType(Environment.Invalid.class)
                .isThrownBy(() -> with(Map.of(variable, "")))
                .withMessageStartingWith(variable + " must be set. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5432", "jdbc:mysql://a/b", "jdbc:postgresql://a:port/b"})
    void saysWhatADatabaseUrlLooksLike(String url) {
        var config = with(Map.of("GATEHOUSE_DB_URL", url));

        assertThatExceptionOfType(Environment.Invalid.class)
                .isThrownBy(() -> config.openDatabase(1))
                .withMessageStartingWith("GATEHOUSE_DB_URL: ")
                .withMessageContaining("must look like jdbc:postgresql://host:5432/database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://a", "redis://", "redis://a/database", "redis://:secret@ x"})
    void saysWhatARedisUrlLooksLikeAndNotWhatThePasswordIs(String url) {
        assertThatExceptionOfType(Environment.Invalid.class)
                .isThrownBy(() -> with(Map.of("GATEHOUSE_REDIS_URL", url)))
                .withMessage("GATEHOUSE_REDIS_URL: The Redis URL must look like"
                        + " redis://[user:password@]host[:port][,host[:port]…][/database]");
    }

    @Test
    void needsNoServerToBegin() {
        var config = NodeConfig.of(Environment.read(LEAST));

        config.openDatabase(1).close();
        config.openRedis(1, Duration.ofSeconds(1)).close();
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        var config = with(Map.of("GATEHOUSE_DB_PASSWORD", "secret-word"));

        assertThat(config.toString()).doesNotContain("secret-word", "a pepper for tests only");
    }

    @Test
    void isCalledTheSameOnEachNodeOfAnInstallationAndOtherwiseOnOthers() {
        var pseudonym = with(Map.of("GATEHOUSE_NODE_NAME", "one")).pseudonym();

        assertThat(pseudonym).matches("gatehouse-[0-9a-f]{8}");
        assertThat(with(Map.of("GATEHOUSE_NODE_NAME", "two")).pseudonym()).isEqualTo(pseudonym);
        assertThat(with(Map.of("GATEHOUSE_KEY_PEPPER", "another pepper for tests"))
                        .pseudonym())
                .isNotEqualTo(pseudonym);
    }

    private static NodeConfig with(Map<String, String> variables) {
        var all = new HashMap<>(LEAST);
        all.putAll(variables);
        return NodeConfig.of(Environment.read(all));
    }
}
