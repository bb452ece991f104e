package dev.gatehouse.node.server.tls;

import static dev.gatehouse.db.model.Certificate.ClientCertificate.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.exchange.Response;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportSecurityTest {

    private static final String HSTS = "Strict-Transport-Security";

    private final TlsHosts hosts = new TlsHosts(Secrets.NONE);

    @BeforeEach
    void serve() {
        var root = Issued.authority("root");
        hosts.take(Map.of(
                "strict", Configured.strict(root.issue("strict.example"), Duration.ofDays(365)),
                "lax", Configured.of(root.issue("lax.example")),
                "closed", Configured.asking(root.issue("closed.example"), REQUIRED, root)));
    }

    @ParameterizedTest
    @CsvSource({
        "443, strict.example, /a/b%2Fc, x=%20, https://strict.example/a/b%2Fc?x=%20",
        "443, Strict.Example:8080, /, , https://strict.example/",
        "443, strict.example, *, , https://strict.example/",
        "8443, strict.example, /, , https://strict.example:8443/",
    })
    void sendsPlainHttpToHttpsAndKeepsMethodPathAndQuery(
            int port, String authority, String path, @Nullable String query, String location) {
        var answer = ask(port, "http", authority, path, query, null);

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.headers().first("Location")).hasValue(location);
        assertThat(answer.headers().contains(HSTS)).isFalse();
    }

    @Test
    void leavesChallengesOfCertificateAuthoritiesWhereTheyAre() {
        assertThat(ask("http", "strict.example", "/.well-known/acme-challenge/t")
                        .status())
                .isEqualTo(200);
        assertThat(ask("http", "strict.example", "/.well-known/acme-challenge").status())
                .isEqualTo(308);
    }

    @Test
    void tellsBrowsersOfStrictHostsOnlyAndOverHttpsOnly() {
        var answer = ask("https", "strict.example", "/");
        assertThat(answer.headers().all(HSTS)).containsExactly("max-age=31536000");

        // what a service says of lax.example is its own business
        assertThat(ask("https", "lax.example", "/").headers().all(HSTS)).containsExactly("max-age=1");
        assertThat(ask("https", "other.example", "/").headers().all(HSTS)).containsExactly("max-age=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void keepsRequestsWithoutACertificateFromAHostThatRequiresOne(String scheme) {
        assertThat(ask(scheme, "closed.example", "/").status()).isEqualTo(421);
        assertThat(ask(scheme, "closed.example", "/.well-known/acme-challenge/t")
                        .status())
                .isEqualTo(421);
        assertThat(ask(443, scheme, "closed.example", "/", null, "CN=alice").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lax.example", "other.example", "[::1]:80", "a.strict.example", "[strict.example"})
    void leavesOtherHostsAlone(String authority) {
        assertThat(ask("http", authority, "/").status()).isEqualTo(200);
    }

    private Response ask(String scheme, String authority, String path) {
        return ask(443, scheme, authority, path, null, null);
    }

    private Response ask(
            int port, String scheme, String authority, String path, @Nullable String query, @Nullable String subject) {
        var security =
                new TransportSecurity(_ -> new Response(200, Headers.of(HSTS, "max-age=1"), Body.empty()), hosts, port);
        return security.handle(new Exchange(
                "request-1",
                new RequestLine("POST", authority, path, query),
                new Client(InetAddress.getLoopbackAddress(), scheme, subject),
                new Headers(),
                Body.empty(),
                Downstream.PLAIN));
    }
}
