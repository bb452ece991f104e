package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.exchange.Response;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passwords and client certificates. */
class LoginChecksTest {

    private static final String PASSWORD = "correct horse battery";
    private static final Login ADA = login(
                    Map.of("consumer", "web-shop", "scopes", List.of("orders:read"), "password", PASSWORD))
            .sealed("ada", Asking.SECRETS, Optional.empty());

    private final Asking asking = new Asking();

    private static Login login(Map<String, ?> settings) {
        return Settings.read(Login.class, settings).orThrow();
    }

    private Response basic(Map<String, ?> route, String pair) {
        var filter = asking.filter(route);
        var encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return asking.ask(filter, "/", "Authorization: Basic " + encoded);
    }

    @Test
    void letsWhoKnowsThePasswordPassAndKeepsItFromTheService() {
        asking.known.logins().take(Map.of("ada", ADA));
        Map<String, ?> route = Map.of("credentials", List.of(Map.of("basic", Map.of())), "refused-attempts", 3);

        assertThat(basic(route, "ada:" + PASSWORD).status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().headers()).isEmpty();
        assertThat(asking.passed.getFirst().caller())
                .isEqualTo(new Caller("web-shop", "ada", Set.of("orders:read"), Map.of()));
        assertThat(asking.passed.getFirst().admitted()).isTrue();

        for (var wrong : List.of("ada:wrong", "bob:" + PASSWORD, "ada")) {
            var answer = basic(route, wrong);
            assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.LOGIN_REFUSED);
            assertThat(answer.headers().all("WWW-Authenticate"))
                    .containsExactly("Basic realm=\"gatehouse\", charset=\"UTF-8\"");
        }
        assertThat(basic(route, "ada:wrong").status()).isEqualTo(429);
        // remembered, hence not checked again
        assertThat(basic(route, "ada:" + PASSWORD).status()).isEqualTo(200);

        asking.known.logins().take(Map.of());
        assertThat(asking.passed.getFirst().admitted()).isFalse();
        assertThat(basic(route, "ada:" + PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void storesOnlyTheHashOfAPasswordAndKeepsItWhereThePasswordStays() {
        var again = login(Map.of("consumer", "web-shop", "scopes", List.of("orders:read"), "password", PASSWORD))
                .sealed("ada", Asking.SECRETS, Optional.of(ADA));
        var secret = login(Map.of("consumer", "web-shop", "shared-secret", "s".repeat(32)))
                .sealed("signer", Asking.SECRETS, Optional.empty());

        assertThat(again).isEqualTo(ADA);
        assertThat(Settings.write(ADA).toString()).doesNotContain(PASSWORD).contains("$argon2id$");
        assertThat(Settings.write(secret).toString())
                .doesNotContain("s".repeat(32))
                .contains("sealed:v1:");
        assertThat(secret.secret("signer", Asking.SECRETS))
                .hasValueSatisfying(octets ->
                        assertThat(new String(octets, StandardCharsets.UTF_8)).isEqualTo("s".repeat(32)));
        assertThat(ADA.toString() + secret).doesNotContain("argon2", "sealed");
    }

    @Test
    void knowsAClientCertificateByItsSubjectOrByOneOfItsNames() {
        asking.known
                .logins()
                .take(Map.of(
                        "exact",
                                login(Map.of(
                                        "consumer", "web-shop", "certificate", Map.of("subject", "CN=shop,O=Example"))),
                        "named",
                                login(Map.of(
                                        "consumer",
                                        "partner",
                                        "certificate",
                                        Map.of("name", "spiffe://example/shop")))));
        Map<String, ?> route = Map.of("credentials", List.of(Map.of("client-certificate", Map.of())));

        assertThat(shown(route, "CN=shop,O=Example").status()).isEqualTo(200);
        assertThat(shown(route, "CN=other", "a.example", "spiffe://example/shop")
                        .status())
                .isEqualTo(200);
        assertThat(asking.passed)
                .extracting(passed -> String.valueOf(passed.caller()))
                .allMatch(caller -> caller.contains("web-shop") || caller.contains("partner"));
        assertThat(shown(route, "CN=shop").rejection()).extracting("refusal").isEqualTo(Refusal.CERTIFICATE_REFUSED);
        var none = shown(route, null);
        assertThat(none.rejection()).extracting("refusal").isEqualTo(Refusal.CREDENTIAL_MISSING);
        assertThat(none.headers().all("WWW-Authenticate")).containsExactly("ClientCertificate realm=\"gatehouse\"");
    }

    private Response shown(Map<String, ?> route, @Nullable String subject, String... names) {
        var exchange = new Exchange(
                "request-1",
                new RequestLine("GET", "api.example", "/", null),
                new Client(InetAddress.ofLiteral("203.0.113.5"), "https", subject, List.of(names)),
                new Headers(),
                Body.empty(),
                Downstream.PLAIN);
        return asking.ask(asking.filter(route), exchange);
    }
}
