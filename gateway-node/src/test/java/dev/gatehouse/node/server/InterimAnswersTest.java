package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InterimAnswersTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    @Test
    void sendsAnEarlyHintAtOnce() {
        var read = new CountDownLatch(1);
        try (var listener = Listening.to(exchange -> {
                    hint(exchange, "Link", "</a.css>; rel=preload", "Connection", "x", "Content-Length", "9");
                    await(read);
                    return text("ok");
                });
                var client = new RawClient(listener.port())) {
            client.send(GET);

            var hint = client.head();
            assertThat(hint.status()).isEqualTo(103);
            assertThat(hint.headers()).containsExactly(new Headers.Field("Link", "</a.css>; rel=preload"));
            read.countDown();
            assertThat(client.answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void sendsNoneToHttp10() {
        try (var listener = Listening.to(exchange -> {
            hint(exchange, "Link", "</a.css>");
            return text("ok");
        })) {
            assertThat(RawClient.ask(listener.port(), "GET / HTTP/1.0\n\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void sendsNoneThatIsMalformedOrWouldChangeTheProtocol() {
        try (var listener = Listening.to(exchange -> {
                    hint(exchange, "Link", "a\r\n\r\nHTTP/1.1 200 OK");
                    exchange.downstream().interim().send(101, new Headers());
                    exchange.downstream().interim().send(200, new Headers());
                    return text("ok");
                });
                var client = new RawClient(listener.port())) {
            client.send(GET + GET);

            assertThat(client.answer().body()).isEqualTo("ok");
            assertThat(client.answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void sendsNoneOnceTheAnswerHasBegun() {
        try (var listener = Listening.to(exchange ->
                        new Response(200, new Headers(), new StreamedBody(Body.UNKNOWN, hinting(exchange))));
                var client = new RawClient(listener.port())) {
            client.send(GET);

            assertThat(client.answer().body()).isEqualTo("xxx");
        }
    }

    /** Three bytes, each read with a hint. */
    private static InputStream hinting(Exchange exchange) {
        return new FilterInputStream(new ByteArrayInputStream(Listening.bytes("xxx"))) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                hint(exchange, "Link", "</late.css>");
                return super.read(target, offset, 1);
            }
        };
    }

    private static void hint(Exchange exchange, String... headers) {
        exchange.downstream().interim().send(103, Headers.of(headers));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
