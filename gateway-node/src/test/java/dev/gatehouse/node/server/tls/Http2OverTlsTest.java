package dev.gatehouse.node.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.node.server.Http2Client;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Http2OverTlsTest {

    @Test
    void isPreferredByTheListenerAndServedOnceAgreed() throws IOException {
        try (var listening = new TlsListening()) {
            listening.serving(
                    listening.certificate("a.test", "b.test"),
                    listening.certificate(ClientCertificate.REQUIRED, listening.root, "c.test"));
            var socket = listening
                    .client()
                    .connect("a.test", offer -> offer.setApplicationProtocols(new String[] {"http/1.1", "h2"}));
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            try (var client = new Http2Client(socket).begin()) {
                assertThat(client.as("a.test").get(1, "/").answer(1).body()).isEqualTo("ok");
                // one connection for all hosts that it is good for, and for no other: RFC 9113, 9.1.2
                assertThat(client.as("b.test").get(3, "/").answer(3).status()).isEqualTo(200);
                assertThat(client.as("c.test").get(5, "/").answer(5).status()).isEqualTo(421);
            }
            assertThat(listening.seen)
                    .isNotEmpty()
                    .allMatch(exchange -> exchange.scheme().equals("https"));
        }
    }

    @Test
    void hasToBeAgreedUpon() throws IOException {
        try (var listening = new TlsListening()) {
            listening.serving(listening.certificate("a.test"));
            try (var client = new RawClient(listening.client().connect("a.test"))) {
                assertThat(client.send("PRI * HTTP/2.0\n\nSM\n\n").rest()).startsWith("HTTP/1.1 505");
            }
            var socket =
                    listening.client().connect("a.test", offer -> offer.setApplicationProtocols(new String[] {"h2"}));
            try (var client = new RawClient(socket)) {
                assertThat(client.send("GET / HTTP/1.1\nHost: a.test\n\n").rest())
                        .isEmpty();
            }
        }
    }
}
