package dev.gatehouse.node.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerNameTest {

    private final TlsListening listening = new TlsListening();

    @AfterEach
    void stop() {
        listening.close();
    }

    @Test
    void showsTheExactHostsCertificateBeforeTheWildcards() throws IOException {
        listening.serving(listening.certificate("*.example.com"), listening.certificate("api.example.com"));

        assertThat(shown("api.example.com")).isEqualTo("api.example.com");
        assertThat(shown("API.example.COM")).isEqualTo("api.example.com");
        assertThat(shown("other.example.com")).isEqualTo("*.example.com");
    }

    @Test
    void answersOverTls() {
        listening.serving(listening.certificate("api.example.com"));

        var answer = listening.client().get("api.example.com");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(listening.seen.remove().scheme()).isEqualTo("https");
    }

    @Test
    void showsNoCertificateForAHostThatIsNotServed() {
        listening.serving(listening.certificate("*.example.com"));

        for (var host : new String[] {"example.com", "a.b.example.com", "example.org"}) {
            assertThatThrownBy(() -> listening.client().connect(host))
                    .as(host)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
        }
    }

    @Test
    void showsTheOnlyCertificateToAClientThatNamesNoHost() throws IOException {
        listening.serving(listening.certificate("api.example.com"));
        assertThat(shown("")).isEqualTo("api.example.com");

        listening.serving(listening.certificate("api.example.com"), listening.certificate("web.example.com"));
        assertThatThrownBy(() -> shown("")).hasMessageContaining("unrecognized_name");
    }

    @Test
    void showsANewCertificateFromTheNextHandshakeOn() throws IOException {
        listening.serving(listening.certificate("api.example.com"));
        var client = listening.client();
        try (var kept = new RawClient(client.connect("api.example.com"))) {
            assertThat(TlsClient.get(kept, "api.example.com").status()).isEqualTo(200);

            listening.serving(listening.certificate("web.example.com"));

            assertThat(TlsClient.get(kept, "api.example.com").status()).isEqualTo(200);
            assertThat(shown("web.example.com")).isEqualTo("web.example.com");
            assertThatThrownBy(() -> client.connect("api.example.com")).isInstanceOf(SSLException.class);
        }
    }

    private String shown(String host) throws IOException {
        try (var socket = listening.client().connect(host)) {
            return name(socket);
        }
    }

    private static String name(SSLSocket socket) throws IOException {
        var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName().substring("CN=".length());
    }
}
