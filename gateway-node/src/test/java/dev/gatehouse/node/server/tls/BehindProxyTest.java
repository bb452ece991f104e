package dev.gatehouse.node.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.node.server.Deadlines;
import dev.gatehouse.node.server.ListenerSettings;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A balancer passes TLS through, and says in clear text before it whose it is. */
class BehindProxyTest {

    private final TlsListening listening = new TlsListening(ListenerSettings.of("127.0.0.1", 0)
            .trusting(List.of("127.0.0.1"))
            .withProxyProtocol(true)
            .withDeadlines(Deadlines.DEFAULT.withHead(Duration.ofSeconds(5))));

    @BeforeEach
    void serve() {
        listening.serving(listening.certificate("a.test"));
    }

    @AfterEach
    void stop() {
        listening.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 192.0.2.8 5000 443\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u00c0\0\u0002\u0007\u00c0\0\u0002\u0008\u0013\u0088\u0001\u00bb",
            })
    void isBelievedOnWhoTheClientIs(String header) throws IOException {
        try (var client = new RawClient(listening.client().connectBehind(header, "a.test"))) {
            assertThat(TlsClient.get(client, "a.test").status()).isEqualTo(200);
        }

        assertThat(listening.seen).singleElement().satisfies(exchange -> {
            assertThat(exchange.client().address().getHostAddress()).isEqualTo("192.0.2.7");
            assertThat(exchange.scheme()).isEqualTo("https");
        });
    }

    @Test
    void hasToSayIt() {
        assertThatIOException().isThrownBy(() -> listening.client().connect("a.test"));
        assertThatIOException().isThrownBy(() -> listening.client().connectBehind("PROXY TCP4 1\r\n", "a.test"));
        assertThat(listening.seen).isEmpty();
    }
}
