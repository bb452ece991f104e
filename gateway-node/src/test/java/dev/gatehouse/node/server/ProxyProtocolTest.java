package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyProtocolTest {

    private static final String LINE = "PROXY TCP4 192.0.2.7 192.0.2.8 5000 80\n";
    private static final String GET = "GET / HTTP/1.1\nHost: a\nX-Forwarded-For: 203.0.113.9\n\n";

    private static HttpListener listen(String proxy) {
        return listen(proxy, Deadlines.DEFAULT);
    }

    private static HttpListener listen(String proxy, Deadlines deadlines) {
        var settings = ANY_PORT.trusting(List.of(proxy))
                .withProxyProtocol(true)
                .withMaxConnections(100, 2)
                .withDeadlines(deadlines);
        return HttpListener.start(
                settings, exchange -> Listening.text(exchange.client().address().getHostAddress()));
    }

    @Test
    void believesAProxyOnWhoItsClientIsAndTheClientNothing() {
        try (var listener = listen("127.0.0.1");
                var client = new RawClient(listener.port())) {
            client.send(LINE + GET + GET);

            assertThat(client.answer().body()).isEqualTo("192.0.2.7");
            assertThat(client.answer().body()).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void takesTheProxyForTheClientWhereItSpeaksForItself() {
        try (var listener = listen("127.0.0.1")) {
            assertThat(RawClient.ask(listener.port(), "PROXY UNKNOWN\nGET / HTTP/1.1\nHost: a\n\n")
                            .body())
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void closesWhatBeginsWithAnythingElseOrWithNothing() {
        try (var listener = listen("127.0.0.1", Deadlines.DEFAULT.withHead(Duration.ofMillis(300)))) {
            for (var begin : List.of(GET, "", "PROXY TCP4 1", LINE.replace("TCP4", "TCP9"))) {
                try (var client = new RawClient(listener.port())) {
                    assertThat(client.send(begin).rest()).isEmpty();
                }
            }
        }
    }

    @Test
    void closesWhatComesFromAnyoneElse() {
        try (var listener = listen("10.0.0.0/8");
                var client = new RawClient(listener.port())) {
            assertThat(client.rest()).isEmpty();
            assertThat(listener.shed()).isEqualTo(1);
        }
    }

    @Test
    void countsTheConnectionsOfAClientBehindItsProxy() {
        try (var listener = listen("127.0.0.1");
                var first = new RawClient(listener.port());
                var second = new RawClient(listener.port());
                var third = new RawClient(listener.port());
                var other = new RawClient(listener.port())) {
            assertThat(first.send(LINE + GET).answer().status()).isEqualTo(200);
            assertThat(second.send(LINE + GET).answer().status()).isEqualTo(200);
            assertThat(third.send(LINE + GET).rest()).isEmpty();
            assertThat(other.send(LINE.replace("2.7", "2.9") + GET).answer().status())
                    .isEqualTo(200);
        }
    }
}
