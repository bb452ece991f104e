package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a request that is not one, nothing on the connection is taken for a request. The clients end their side before
 * they wait for the close: that spares the time for which a refused one is listened to.
 */
class MalformedRequestTest {

    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final AtomicInteger handled = new AtomicInteger();
    private final HttpListener listener = Listening.to(exchange -> {
        handled.incrementAndGet();
        return Listening.text(Listening.read(exchange));
    });

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:99999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "GET / HTTP/11.1\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n",
                "GET / HTTP/1.10\r\nHost: a\r\n\r\n",
                "GET foo HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n",
            })
    void refusesItAndCloses(String text) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw(text + NEXT);

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"bad-request\"");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.endOutput().rest()).isEmpty();
        }
        assertThat(handled).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5;\r\nhello\r\n0\r\n\r\n",
                "5;\nx\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello",
                "5\r\nhello\r\n0\r\nbad trailer\r\n\r\n",
            })
    void refusesAMalformedChunkBeforeAnybodySeesTheRequest(String chunks) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw(CHUNKED + chunks + NEXT);

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.endOutput().rest()).isEmpty();
        }
        assertThat(handled).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", "0\r\nbad trailer\r\n\r\n"})
    void closesWhenALaterChunkIsMalformed(String chunks) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw(CHUNKED + "1\r\nx\r\n");
            await().until(() -> handled.get() == 1);
            client.sendRaw(chunks + NEXT);

            // this handler turns the failed read into an exception; what matters is that it is the only answer
            assertThat(client.answer().header("Connection")).isEqualTo("close");
            assertThat(client.endOutput().rest()).isEmpty();
        }
        assertThat(handled).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET / HTTP/3.0                                              | 505 | version-not-supported
                    GET / HTTP/1.2                                              | 505 | version-not-supported
                    GET / HTTP/0.9                                              | 505 | version-not-supported
                    PRI * HTTP/2.0                                              | 505 | version-not-supported
                    POST / HTTP/1.1;Host: a;Transfer-Encoding: gzip, chunked    | 501 | not-implemented
                    POST / HTTP/1.1;Host: a;Transfer-Encoding: identity,Chunked | 501 | not-implemented
                    CONNECT a:443 HTTP/1.1;Host: a:443                          | 501 | not-implemented
                    """)
    void saysWhichRuleItWasWhereThatHasAStatusOfItsOwn(String lines, int status, String code) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw(lines.replace(";", "\r\n") + "\r\n\r\n" + NEXT);

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.endOutput().rest()).isEmpty();
        }
        assertThat(handled).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 9000, 0, 0, 414",
        "/, 40000, 0, 0, 414",
        "/, 0, 40000, 0, 431",
        "/, 0, 0, 200, 431",
        "'', 40000, 0, 0, 400",
    })
    void boundsTheHead(String slash, int target, int value, int fields, int status) {
        var start = slash.isEmpty() ? "" : "GET " + slash;
        var text = start + "x".repeat(target) + " HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(value) + "\r\n"
                + "X: y\r\n".repeat(fields) + "\r\n";
        try (var client = new RawClient(listener.port())) {
            assertThat(client.sendRaw(text).answer().status()).isEqualTo(status);
            assertThat(client.endOutput().rest()).isEmpty();
        }
        assertThat(handled).hasValue(0);
    }

    @Test
    void refusesAnExpectationNobodyDefines() {
        assertThat(RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\nExpect: 100-continue, tea\n\n")
                        .status())
                .isEqualTo(417);
        assertThat(RawClient.ask(listener.port(), "GET / HTTP/1.0\nHost: a\nExpect: tea\n\n")
                        .status())
                .isEqualTo(200);
        assertThat(handled).hasValue(1);
    }
}
