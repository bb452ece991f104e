package dev.gatehouse.node.server.tls;

import static dev.gatehouse.db.model.Certificate.ClientCertificate.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {

    private final TlsListening listening = new TlsListening();
    private final Issued partners = Issued.authority("partners");

    @AfterEach
    void stop() {
        listening.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sparesAClientTheSecondHandshakeAndKeepsWhoItIs(String version) throws IOException {
        var api = listening.certificate(REQUIRED, partners, "api.example.com");
        listening.serving(api, listening.certificate("web.example.com"));
        var client = TlsClient.of(listening.port(), listening.root, partners.issue("alice"));

        long first = began(client, "api.example.com", version);
        // an unrelated change of the configuration does not cost anybody his session
        listening.serving(api, listening.certificate("new.example.com"));

        assertThat(began(client, "api.example.com", version)).isEqualTo(first);
        assertThat(listening.seen)
                .extracting(exchange -> exchange.client().subject())
                .containsExactly("CN=alice", "CN=alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsWithTheDemandThatASessionWasMadeUnder(String version) throws IOException {
        var server = listening.root.issue("api.example.com");
        listening.serving(Configured.asking(server, REQUIRED, partners));
        var client = TlsClient.of(listening.port(), listening.root, partners.issue("alice"));
        began(client, "api.example.com", version);

        listening.serving(Configured.asking(server, REQUIRED, Issued.authority("others")));

        assertThatThrownBy(() -> began(client, "api.example.com", version)).isInstanceOf(Exception.class);
        assertThat(listening.seen).hasSize(1);
    }

    @Test
    void takesNothingFromOneHostToAnother() throws IOException {
        listening.serving(
                listening.certificate("open.example"), listening.certificate(REQUIRED, partners, "closed.example"));
        var client = listening.client();
        // the JDK's client resumes by address and port: with the session of the one it comes to the other
        began(client, "open.example", "TLSv1.2");

        assertThatThrownBy(() -> {
                    try (var socket = client.connectAs("open.example", "closed.example");
                            var connection = new RawClient(socket)) {
                        TlsClient.get(connection, "closed.example");
                    }
                })
                .isInstanceOf(Exception.class);
        assertThat(listening.seen).hasSize(1);
    }

    /** When the session began that a request ran in. */
    private static long began(TlsClient client, String host, String version) throws IOException {
        try (SSLSocket socket = client.connect(host, parameters -> parameters.setProtocols(new String[] {version}));
                var connection = new RawClient(socket)) {
            assertThat(TlsClient.get(connection, host).status()).isEqualTo(200);
            return socket.getSession().getCreationTime();
        }
    }
}
