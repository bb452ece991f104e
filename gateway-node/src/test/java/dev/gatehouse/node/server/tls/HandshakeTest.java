package dev.gatehouse.node.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private static final String HOST = "api.example.com";

    private static final KeyPair RSA = Issued.keys("RSA", 2048);

    private final TlsListening listening = new TlsListening();

    @BeforeEach
    void serve() {
        listening.serving(
                listening.certificate(HOST),
                Configured.of(
                        listening.root.issue(Issued.Wish.of("rsa.example.com").with(RSA))));
    }

    @AfterEach
    void stop() {
        listening.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256, api.example.com",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256, rsa.example.com",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, api.example.com",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, rsa.example.com",
    })
    void takesModernCiphers(String version, String cipher, String host) throws IOException {
        try (var socket = listening.client().connect(host, only(version, cipher));
                var client = new RawClient(socket)) {
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(cipher);
            assertThat(TlsClient.get(client, host).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, api.example.com",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, rsa.example.com",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, rsa.example.com",
    })
    void refusesCiphersWithoutAuthenticatedEncryptionOrEllipticCurves(String version, String cipher, String host) {
        assertThatThrownBy(() -> listening.client().connect(host, only(version, cipher)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("handshake_failure");
    }

    @Test
    void refusesTls11() {
        // a ClientHello of TLS 1.1, with SNI api.example.com and every cipher suite of that time
        try (var client = new RawClient(listening.port())) {
            client.sendRaw(Hello.of(0x0302, HOST));
            assertThat(client.rest()).isEqualTo(fatal(70));
        }
    }

    @Test
    void refusesAClientThatWasMadeToFallBack() {
        try (var client = new RawClient(listening.port())) {
            client.sendRaw(Hello.fallingBack(0x0303, HOST));
            assertThat(client.rest()).isEqualTo(fatal(86));
        }
    }

    @Test
    void prefersTheServersCipher() throws IOException {
        var both = new String[] {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
        try (var socket = listening.client().connect(HOST, parameters -> parameters.setCipherSuites(both))) {
            assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        }
    }

    @Test
    void agreesOnHttp11AndOnNothingThatIsNotSpoken() throws IOException {
        try (var socket = listening.client().connect(HOST, offering("spdy/3", "http/1.1"))) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
        try (var socket = listening.client().connect(HOST)) {
            assertThat(socket.getApplicationProtocol()).isEmpty();
        }
        assertThatThrownBy(() -> listening.client().connect(HOST, offering("spdy/3")))
                .hasMessageContaining("no_application_protocol");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 60, 1000})
    void cutsAHandshakeThatIsNotFinishedInTime(int bytes) {
        try (var impatient = new TlsListening(Duration.ofMillis(200));
                var slow = new RawClient(impatient.port())) {
            impatient.serving(impatient.certificate(HOST));
            var hello = Hello.of(0x0303, HOST);
            slow.sendRaw(hello.substring(0, Math.min(bytes, hello.length())));
            // returns when the server closes
            assertThat(slow.rest()).doesNotContain("HTTP");
        }
    }

    @Test
    void readsAClientHelloInManyRecords() {
        var whole = Hello.of(0x0303, HOST);
        try (var client = new RawClient(listening.port())) {
            client.sendRaw(Hello.inRecordsOf(1, whole)).sendRaw(fatal(40));
            // ServerHello
            assertThat(client.rest()).startsWith("\u0016\u0003\u0003");
        }
    }

    @Test
    void tellsAClientThatSpeaksPlainHttpSo() {
        var answer = RawClient.ask(listening.port(), "GET / HTTP/1.1\nHost: a\n\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("https");
        assertThat(listening.seen).isEmpty();
    }

    @Test
    void endsAConnectionThatBeginsWithSomethingElse() {
        try (var client = new RawClient(listening.port())) {
            client.sendRaw("\u0000\u0001\u0002");
            assertThat(client.rest()).isEqualTo(fatal(50));
        }
        try (var client = new RawClient(listening.port())) {
            client.sendRaw("\u0016\u0003\u0001\u0000\u0004\u0002\u0000\u0000\u0000");
            assertThat(client.rest()).isEqualTo(fatal(50));
        }
    }

    @Test
    void refusesToNegotiateAgain() throws IOException {
        try (var socket = listening.client().connect(HOST, only("TLSv1.2"));
                var client = new RawClient(socket)) {
            assertThat(TlsClient.get(client, HOST).status()).isEqualTo(200);

            socket.startHandshake();

            assertThatThrownBy(() -> TlsClient.get(client, HOST)).isInstanceOf(RuntimeException.class);
        }
        assertThat(listening.seen).hasSize(1);
    }

    @Test
    void changesKeysWhenTheClientDoes() throws IOException {
        // TLS 1.3: startHandshake sends KeyUpdate and asks for one
        try (var socket = listening.client().connect(HOST, only("TLSv1.3"));
                var client = new RawClient(socket)) {
            assertThat(TlsClient.get(client, HOST).status()).isEqualTo(200);
            socket.startHandshake();
            assertThat(TlsClient.get(client, HOST).status()).isEqualTo(200);
        }
    }

    @Test
    void saysGoodbyeAfterTheLastAnswer() throws IOException {
        try (var socket = listening.client().connect(HOST);
                var client = new RawClient(socket)) {
            client.send("GET / HTTP/1.1\nHost: " + HOST + "\nConnection: close\n\n");
            assertThat(client.answer().status()).isEqualTo(200);
            // without a close_notify the JDK's read would throw
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static String fatal(int alert) {
        return "\u0015\u0003\u0003\u0000\u0002\u0002" + (char) alert;
    }

    private static Consumer<SSLParameters> only(String version, String... ciphers) {
        return parameters -> {
            parameters.setProtocols(new String[] {version});
            if (ciphers.length > 0) {
                parameters.setCipherSuites(ciphers);
            }
        };
    }

    private static Consumer<SSLParameters> offering(String... protocols) {
        return parameters -> parameters.setApplicationProtocols(protocols);
    }
}
