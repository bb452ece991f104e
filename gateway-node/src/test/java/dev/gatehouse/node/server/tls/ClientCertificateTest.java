package dev.gatehouse.node.server.tls;

import static dev.gatehouse.db.model.Certificate.ClientCertificate.OPTIONAL;
import static dev.gatehouse.db.model.Certificate.ClientCertificate.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private final TlsListening listening = new TlsListening();
    private final Issued partners = Issued.authority("partners");
    private final Issued alice = partners.issue("alice");

    @BeforeEach
    void serve() {
        listening.serving(
                listening.certificate("open.example"),
                listening.certificate(OPTIONAL, partners, "optional.example"),
                listening.certificate(REQUIRED, partners, "required.example"));
    }

    @AfterEach
    void stop() {
        listening.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void isAskedForWhereTheHostSaysSo(String version) throws IOException {
        var anonymous = listening.client();
        var known = TlsClient.of(listening.port(), listening.root, alice);

        assertThat(status(anonymous, "open.example", version)).isEqualTo(200);
        assertThat(status(anonymous, "optional.example", version)).isEqualTo(200);
        assertThatThrownBy(() -> status(anonymous, "required.example", version)).isInstanceOf(Exception.class);
        assertThat(listening.seen)
                .hasSize(2)
                .allSatisfy(exchange -> assertThat(exchange.client().subject()).isNull());

        listening.seen.clear();
        assertThat(status(known, "open.example", version)).isEqualTo(200);
        assertThat(status(known, "optional.example", version)).isEqualTo(200);
        assertThat(status(known, "required.example", version)).isEqualTo(200);
        assertThat(listening.seen)
                .extracting(exchange -> exchange.client().subject())
                .containsExactly(null, "CN=alice", "CN=alice");
    }

    @Test
    void isShownToTheServiceAndCannotBeForged() throws GeneralSecurityException {
        var forged = "Client-Cert: :Zm9yZ2Vk:\nclient_cert: :Zm9yZ2Vk:\nClient-Cert-Chain: :Zm9yZ2Vk:\n";
        listening.client().get("open.example", "open.example", forged);
        assertThat(listening.seen.remove().headers()).extracting("name").containsExactly("Host", "X-Request-Id");

        TlsClient.of(listening.port(), listening.root, alice).get("required.example", "required.example", forged);
        var fields = listening.seen.remove().headers();
        assertThat(fields.all("Client-Cert"))
                .containsExactly(":"
                        + Base64.getEncoder().encodeToString(alice.certificate().getEncoded()) + ":");
        assertThat(fields).extracting("name").containsExactlyInAnyOrder("Host", "X-Request-Id", "Client-Cert");
    }

    @Test
    void isRefusedWhenNobodyTrustedVouchesForIt() {
        var yesterday = Instant.now().minus(Duration.ofDays(1));
        var expired = Issued.Wish.of("bob").between(yesterday.minus(Duration.ofDays(9)), yesterday);
        refuses(Issued.authority("partners").issue("mallory"));
        refuses(listening.root.issue("mallory"));
        refuses(Issued.self(Issued.Wish.of("mallory")));
        refuses(partners.issue(expired));
        refuses(partners.issue(Issued.Wish.of("a.server").onlyFor(SERVER_AUTH)));
        assertThat(listening.seen).isEmpty();
    }

    private void refuses(Issued presented) {
        var client = TlsClient.of(listening.port(), listening.root, presented);
        assertThatThrownBy(() -> status(client, "optional.example", "TLSv1.3")).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> status(client, "required.example", "TLSv1.3")).isInstanceOf(Exception.class);
    }

    @Test
    void ofOneHostDoesNotCountForAnother() throws IOException {
        var known = TlsClient.of(listening.port(), listening.root, alice);
        try (var connection = new RawClient(known.connect("required.example"))) {
            assertThat(TlsClient.get(connection, "open.example").status()).isEqualTo(421);
            assertThat(TlsClient.get(connection, "OPTIONAL.example.:443").status())
                    .isEqualTo(421);
            assertThat(TlsClient.get(connection, "required.example:8443").status())
                    .isEqualTo(200);
        }
        try (var connection = new RawClient(listening.client().connect("open.example"))) {
            var refused = TlsClient.get(connection, "required.example");
            assertThat(refused.status()).isEqualTo(421);
            assertThat(refused.body()).contains("urn:gatehouse:problem:misdirected");
            assertThat(TlsClient.get(connection, "open.example").status()).isEqualTo(200);
        }
        assertThat(listening.seen).hasSize(2);
    }

    @Test
    void isAskedForOnAConnectionThatIsOlderThanTheDemand() throws IOException {
        try (var connection = new RawClient(listening.client().connect("open.example"))) {
            assertThat(TlsClient.get(connection, "open.example").status()).isEqualTo(200);

            listening.serving(listening.certificate(REQUIRED, partners, "open.example"));

            assertThat(TlsClient.get(connection, "open.example").status()).isEqualTo(421);
        }
    }

    private static int status(TlsClient client, String host, String version) throws IOException {
        try (var connection = new RawClient(client.connect(host, only(version)))) {
            return TlsClient.get(connection, host).status();
        }
    }

    private static Consumer<SSLParameters> only(String version) {
        return parameters -> parameters.setProtocols(new String[] {version});
    }
}
