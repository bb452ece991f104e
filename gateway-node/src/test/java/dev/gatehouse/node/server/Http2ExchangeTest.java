package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Http2Client.DATA;
import static dev.gatehouse.node.server.Http2Client.END_HEADERS;
import static dev.gatehouse.node.server.Http2Client.END_STREAM;
import static dev.gatehouse.node.server.Http2Client.HEADERS;
import static dev.gatehouse.node.server.Http2Client.RST_STREAM;
import static dev.gatehouse.node.server.Http2Client.WINDOW_UPDATE;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class Http2ExchangeTest {

    @Test
    void makesAnExchangeOfARequest() {
        var seen = new AtomicReference<Exchange>();
        try (var listener = Listening.to(exchange -> {
                    seen.set(exchange);
                    return text("hello");
                });
                var client = Http2Client.to(listener)) {
            var answer = client.get(
                            1,
                            "/a/%62?q=1",
                            "cookie",
                            "a=1",
                            "cookie",
                            "b=2",
                            "te",
                            "trailers",
                            "x-forwarded-for",
                            "1.2.3.4")
                    .answer(1);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().first("content-length")).hasValue("5");
            assertThat(answer.headers().contains("date")).isTrue();
        }
        var exchange = seen.get();
        assertThat(exchange.method()).isEqualTo("GET");
        assertThat(exchange.authority()).isEqualTo("a");
        assertThat(exchange.version()).isEqualTo("2");
        assertThat(exchange.path()).isEqualTo("/a/b");
        assertThat(exchange.query()).isEqualTo("q=1");
        assertThat(exchange.headers().all("Host")).containsExactly("a");
        assertThat(exchange.headers().all("Cookie")).containsExactly("a=1; b=2");
        assertThat(exchange.headers().contains("TE")).isFalse();
        assertThat(exchange.headers().contains("X-Forwarded-For")).isFalse();
        assertThat(exchange.downstream().trailers()).isTrue();
    }

    @Test
    void servesStreamsBesideEachOther() {
        try (var listener = Listening.to(exchange -> text(Listening.read(exchange)));
                var client = Http2Client.to(listener)) {
            client.post(1, "/1").post(3, "/3").data(3, "three", true);
            assertThat(client.answer(3).body()).isEqualTo("three");
            assertThat(client.data(1, "one", true).answer(1).body()).isEqualTo("one");
        }
    }

    @Test
    void streamsBothWaysAtOnceWithTrailers() {
        try (var listener = Listening.to(Http2ExchangeTest::echo);
                var client = Http2Client.to(listener)) {
            client.post(1, "/");
            assertThat(client.head(1).first(":status")).hasValue("200");
            for (var piece : new String[] {"first", "second"}) {
                assertThat(client.data(1, piece, false).await(DATA, 1).payload())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo(piece);
            }
            client.frame(HEADERS, END_HEADERS | END_STREAM, 1, Http2Client.block("x-sum", "7"));

            assertThat(client.await(HEADERS, 1).has(END_STREAM)).isTrue();
            assertThat(client.fields(1).first("x-sum")).hasValue("7");
        }
    }

    @Test
    void takesNoMoreThanAWindowOfWhatNobodyReads() {
        var opened = new AtomicReference<InputStream>();
        var goOn = new AtomicBoolean();
        try (var listener = Listening.to(exchange -> {
                    if (exchange.path().equals("/other")) {
                        return text("ok");
                    }
                    opened.set(exchange.body().stream());
                    await().untilTrue(goOn);
                    return text("" + Listening.read(exchange).length());
                });
                var client = Http2Client.to(listener)) {
            client.post(1, "/");
            var piece = "x".repeat(8000);
            for (int i = 0; i < 8; i++) {
                client.data(1, piece, false);
            }
            // the others do not wait for it
            assertThat(client.get(3, "/other").answer(3).body()).isEqualTo("ok");
            goOn.set(true);

            assertThat(client.await(WINDOW_UPDATE, 1).first()).isGreaterThan(30_000);
            assertThat(client.data(1, "y", true).answer(1).body()).isEqualTo("64001");
        }
    }

    @Test
    void sendsNoMoreThanTheClientTakes() throws IOException {
        var body = StreamedBody.endless();
        try (var listener = Listening.to(exchange -> new Response(200, new Headers(), body));
                var client = Http2Client.to(listener, 4, 10)) {
            client.get(1, "/").head(1);
            assertThat(client.next().payload()).hasSize(10);
            client.number(WINDOW_UPDATE, 1, 5);
            assertThat(client.next().payload()).hasSize(5);
            // a smaller initial window takes back what was granted: RFC 9113, 6.9.2
            client.settings(4, 4).number(WINDOW_UPDATE, 1, 6);
            client.await(Http2Client.SETTINGS, 0);
            client.number(WINDOW_UPDATE, 1, 3);
            assertThat(client.next().payload()).hasSize(3);
            client.number(RST_STREAM, 1, 8);

            await().until(body::closed);
        }
    }

    @Test
    void sendsEachPieceOfAStreamAsItComes() throws IOException {
        var events = new PipedOutputStream();
        var source = new PipedInputStream(events);
        try (var listener = Listening.to(
                        exchange -> new Response(200, new Headers(), new StreamedBody(Body.UNKNOWN, source)));
                var client = Http2Client.to(listener)) {
            client.get(1, "/").head(1);
            for (var event : new String[] {"data: 1\n\n", "data: 2\n\n"}) {
                events.write(event.getBytes(StandardCharsets.US_ASCII));
                events.flush();
                assertThat(client.await(DATA, 1).payload())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo(event);
            }
            events.close();
            assertThat(client.await(DATA, 1).has(END_STREAM)).isTrue();
        }
    }

    @Test
    void answersAHeadAndABodilessStatusWithoutABody() {
        try (var listener = Listening.to(exchange -> exchange.path().equals("/304")
                        ? new Response(304, Headers.of("Content-Length", "9"), Body.empty())
                        : text("hello"));
                var client = Http2Client.to(listener)) {
            client.frame(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    Http2Client.block(":method", "HEAD", ":scheme", "http", ":path", "/", ":authority", "a"));
            assertThat(client.await(HEADERS, 1).has(END_STREAM)).isTrue();
            assertThat(client.fields(1).first("content-length")).hasValue("5");

            assertThat(client.get(3, "/304").await(HEADERS, 3).has(END_STREAM)).isTrue();
            assertThat(client.fields(3).first("content-length")).hasValue("9");
        }
    }

    @Test
    void sendsEarlyHintsBeforeTheAnswer() {
        try (var listener = Listening.to(exchange -> {
                    exchange.downstream().interim().send(103, Headers.of("Link", "</a.css>"));
                    return text("ok");
                });
                var client = Http2Client.to(listener)) {
            client.get(1, "/").head(1);
            assertThat(client.fields(1).first(":status")).hasValue("103");
            assertThat(client.head(1).first(":status")).hasValue("200");
        }
    }

    @Test
    void asksForABodyThatWaitsForIt() {
        try (var listener = Listening.to(exchange -> text(Listening.read(exchange)));
                var client = Http2Client.to(listener)) {
            client.post(1, "/", "expect", "100-continue").head(1);
            assertThat(client.fields(1).first(":status")).hasValue("100");
            assertThat(client.data(1, "body", true).answer(1).body()).isEqualTo("body");
        }
    }

    @Test
    void endsAStreamWhoseUploadIsNotWanted() {
        try (var listener = Listening.to(exchange ->
                        Rejection.of(Refusal.KEY_MISSING, "A key is required.").toResponse());
                var client = Http2Client.to(listener)) {
            client.post(1, "/", "content-length", "100000").data(1, "some", false);
            var answer = client.answer(1);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("key-missing");
            assertThat(client.reset(1)).isZero();

            // what crossed it is no error
            client.data(1, "more", false).number(WINDOW_UPDATE, 1, 1).get(3, "/");
            assertThat(client.answer(3).status()).isEqualTo(401);
        }
    }

    @Test
    void neverEndsATruncatedBodyCleanly() {
        for (long length : new long[] {Body.UNKNOWN, 100}) {
            try (var listener = Listening.to(
                            exchange -> new Response(200, new Headers(), StreamedBody.cutShort(length, 10)));
                    var client = Http2Client.to(listener)) {
                client.get(1, "/");
                var last = client.await(frame -> frame.has(END_STREAM) || frame.type() == RST_STREAM);
                assertThat(last.type()).isEqualTo(RST_STREAM);
            }
        }
    }

    @Test
    void tellsTheHandlerThatTheClientTookItsRequestBack() {
        var abandoned = new AtomicBoolean();
        try (var listener = Listening.to(exchange -> {
                    exchange.whenAbandoned(() -> abandoned.set(true));
                    await().untilTrue(abandoned);
                    return text("late");
                });
                var client = Http2Client.to(listener)) {
            client.get(1, "/").number(RST_STREAM, 1, 8);

            await().untilTrue(abandoned);
        }
    }

    private static Response echo(Exchange exchange) {
        var in = exchange.body();
        return new Response(200, new Headers(), new Body() {
            @Override
            public long length() {
                return UNKNOWN;
            }

            @Override
            public InputStream stream() {
                return in.stream();
            }

            @Override
            public Headers trailers() {
                return in.trailers();
            }

            @Override
            public void close() {
                in.close();
            }
        });
    }
}
