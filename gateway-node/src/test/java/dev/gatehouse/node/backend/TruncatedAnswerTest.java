package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.node.backend.ScriptedUpstream.Peer;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that ends early ends early for the client too: cut off, never as if that were all. */
class TruncatedAnswerTest {

    private interface End {
        void of(Peer gateway) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\n\nhello",
                "Transfer-Encoding: chunked\n\n5\nhello",
                "Transfer-Encoding: chunked\n\n5\nhello\n",
                "Transfer-Encoding: chunked\n\n5\nhello\n3\nab",
                "Transfer-Encoding: chunked\n\n5\nhello\n0\n",
                "Transfer-Encoding: chunked\n\n5\nhello\n0\nX: y\n",
                "Transfer-Encoding: chunked\n\n5\nhello\nz\n",
                "Transfer-Encoding: chunked\n\n5\nhelloXX0\n\n",
            })
    void isCutOffWhenTheServiceCloses(String truncated) throws IOException {
        isCutOff("HTTP/1.1 200 OK\n" + truncated, gateway -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\n\nhello", "Transfer-Encoding: chunked\n\n5\nhello\n", "X: y\n\nhello"})
    void isCutOffWhenTheServiceResets(String truncated) throws IOException {
        isCutOff("HTTP/1.1 200 OK\n" + truncated, Peer::reset);
    }

    @Test
    void isCutOffBeforeItsFirstByte() throws IOException {
        try (var upstream = new ScriptedUpstream(ScriptedUpstream.once("HTTP/1.1 200 OK\nContent-Length: 5\n\n"));
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen();
                var client = new RawClient(listener.port())) {
            client.send("GET / HTTP/1.1\nHost: a\n\n");
            var head = client.head();

            assertThat(head.headers().first("Content-Length")).contains("5");
            assertThat(client.rest()).isEmpty();
        }
    }

    private static void isCutOff(String truncated, End end) throws IOException {
        var seen = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say(truncated);
                    seen.await();
                    end.of(gateway);
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen();
                var client = new RawClient(listener.port())) {
            client.send("GET / HTTP/1.1\nHost: a\n\nGET /next HTTP/1.1\nHost: a\n\n");
            var body = client.body(client.head(), "GET");
            assertThat(body.readNBytes(5)).asString().isEqualTo("hello");
            seen.countDown();

            assertThatIOException().isThrownBy(body::readAllBytes);
            assertThat(body.ended()).isFalse();
            assertThat(client.rest()).as("nothing follows what is not complete").isEmpty();
        }
    }
}
