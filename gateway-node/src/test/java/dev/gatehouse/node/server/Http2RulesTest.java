package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Http2Client.CONTINUATION;
import static dev.gatehouse.node.server.Http2Client.DATA;
import static dev.gatehouse.node.server.Http2Client.END_HEADERS;
import static dev.gatehouse.node.server.Http2Client.END_STREAM;
import static dev.gatehouse.node.server.Http2Client.GOAWAY;
import static dev.gatehouse.node.server.Http2Client.HEADERS;
import static dev.gatehouse.node.server.Http2Client.PING;
import static dev.gatehouse.node.server.Http2Client.PROTOCOL_ERROR;
import static dev.gatehouse.node.server.Http2Client.RST_STREAM;
import static dev.gatehouse.node.server.Http2Client.WINDOW_UPDATE;
import static dev.gatehouse.node.server.Http2Client.block;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9113, rule by rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2RulesTest {

    private static final String[] GET = {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a"};

    private static final String UPGRADE = """
            GET /up HTTP/1.1
            Host: a
            Connection: Upgrade, HTTP2-Settings
            Upgrade: h2c
            %s
            """;

    private HttpListener listener;

    @BeforeAll
    void listen() {
        listener = Listening.to(exchange -> text(exchange.path() + Listening.read(exchange)));
    }

    @AfterAll
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void resetsAStreamWhoseRequestIsMalformed(String fields) {
        try (var client = Http2Client.to(listener)) {
            client.frame(HEADERS, END_HEADERS | END_STREAM, 1, block(fields.split("\\|", -1)));
            assertThat(client.reset(1)).isEqualTo(PROTOCOL_ERROR);
            // and that one alone
            assertThat(client.get(3, "/x").answer(3).body()).isEqualTo("/x");
        }
    }

    static Stream<String> malformed() {
        var get = String.join("|", GET);
        return Stream.of(
                ":method|GET|:scheme|http",
                ":method|GET|:path|/|:authority|a",
                ":scheme|http|:path|/|:authority|a",
                get + "|:path|/b",
                get + "|:method|GET",
                get + "|:status|200",
                get + "|:protocol|websocket",
                get + "|:x|y",
                get + "|a|b|:authority|a",
                ":method|GET|:scheme|http|:path||:authority|a",
                ":method|GET|:scheme|http|:path|*|:authority|a",
                ":method|GET|:scheme|http|:path|http://b/|:authority|a",
                ":method|GET|:scheme|http|:path|/a b|:authority|a",
                ":method|GET|:scheme|ftp|:path|/|:authority|a",
                ":method|G T|:scheme|http|:path|/|:authority|a",
                ":method|CONNECT|:scheme|http|:path|/|:authority|a",
                get + "|host|b",
                get + "|host|a|host|a",
                get + "|X-Upper|b",
                get + "|a b|c",
                get + "||c",
                get + "|a|b\r\nc: d",
                get + "|a|b\0c",
                get + "|a| b",
                get + "|a|b\t",
                get + "|connection|close",
                get + "|keep-alive|1",
                get + "|proxy-connection|close",
                get + "|transfer-encoding|chunked",
                get + "|upgrade|h2c",
                get + "|te|trailers, deflate",
                get + "|content-length|1",
                get + "|content-length|0|content-length|0",
                get + "|content-length|-1");
    }

    @Test
    void answersWhatIsWellFormedAndStillNotServed() {
        try (var client = Http2Client.to(listener)) {
            client.frame(HEADERS, END_HEADERS | END_STREAM, 1, block(":method", "CONNECT", ":authority", "a:443"));
            assertThat(client.answer(1).status()).isEqualTo(501);
            assertThat(client.get(3, "/a/..;/b").answer(3).body()).contains("ambiguous-path");
            client.frame(
                    HEADERS, END_HEADERS | END_STREAM, 5, block(":method", "GET", ":scheme", "http", ":path", "/"));
            assertThat(client.answer(5).status()).isEqualTo(400);
            assertThat(client.get(7, "/" + "a".repeat(8 << 10)).answer(7).status())
                    .isEqualTo(414);
        }
    }

    @Test
    void takesHostInPlaceOfAnAuthority() {
        try (var client = Http2Client.to(listener)) {
            client.frame(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    block(":method", "GET", ":scheme", "http", ":path", "/x", "host", "b"));
            assertThat(client.answer(1).body()).isEqualTo("/x");
        }
    }

    @Test
    void aBodyHasTheLengthItPromised() {
        try (var client = Http2Client.to(listener)) {
            client.post(1, "/", "content-length", "3").data(1, "abcd", true);
            assertThat(client.reset(1)).isEqualTo(PROTOCOL_ERROR);
            client.post(3, "/", "content-length", "3").data(3, "ab", true);
            assertThat(client.reset(3)).isEqualTo(PROTOCOL_ERROR);
            client.post(5, "/", "content-length", "3").data(5, "ab", false).data(5, "c", true);
            assertThat(client.answer(5).body()).isEqualTo("/abc");
        }
    }

    @Test
    void trailersAreFieldsAndTheEnd() {
        try (var client = Http2Client.to(listener)) {
            client.post(1, "/").frame(HEADERS, END_HEADERS | END_STREAM, 1, block(":path", "/"));
            assertThat(client.reset(1)).isEqualTo(PROTOCOL_ERROR);
            client.post(3, "/").frame(HEADERS, END_HEADERS, 3, block("a", "b"));
            assertThat(client.reset(3)).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @Test
    void padsAreNoPartOfABody() {
        try (var client = Http2Client.to(listener)) {
            client.post(1, "/").frame(DATA, 8 | END_STREAM, 1, new byte[] {2, 'a', 'b', 0, 0});
            assertThat(client.answer(1).body()).isEqualTo("/ab");
        }
    }

    @Test
    void aHeadMayComeInPieces() {
        try (var client = Http2Client.to(listener)) {
            var head = block(GET);
            client.frame(HEADERS, END_STREAM, 1, Arrays.copyOf(head, 5));
            client.frame(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(head, 5, head.length));
            assertThat(client.answer(1).body()).isEqualTo("/");
        }
    }

    @Test
    void skipsSettingsAndFramesItDoesNotKnow() throws IOException {
        try (var client = Http2Client.to(listener, 99, 7, 4, 2)) {
            client.frame(77, 255, 1, new byte[] {1, 2, 3}).get(1, "/abc").head(1);
            // the setting behind the unknown one counts
            assertThat(client.next().payload()).hasSize(2);
            assertThat(client.frame(PING, 0, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                            .await(PING, 0)
                            .payload())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void endsAConnectionWhoseFramesMakeNoSense() {
        gone(Http2Client.FRAME_SIZE_ERROR, client -> client.frame(DATA, 0, 1, new byte[(16 << 10) + 1]));
        gone(Http2Client.FRAME_SIZE_ERROR, client -> client.frame(PING, 0, 0, new byte[7]));
        gone(Http2Client.FRAME_SIZE_ERROR, client -> client.frame(Http2Client.SETTINGS, 0, 0, new byte[5]));
        gone(PROTOCOL_ERROR, client -> client.data(1, "a", true));
        gone(PROTOCOL_ERROR, client -> client.number(WINDOW_UPDATE, 0, 0));
        gone(PROTOCOL_ERROR, client -> client.number(RST_STREAM, 1, 8));
        gone(PROTOCOL_ERROR, client -> client.get(2, "/"));
        gone(PROTOCOL_ERROR, client -> client.frame(HEADERS, 0, 1, block(GET)).get(3, "/"));
        gone(PROTOCOL_ERROR, client -> client.frame(CONTINUATION, END_HEADERS, 1, block(GET)));
        gone(PROTOCOL_ERROR, client -> client.frame(5, 0, 1, new byte[4]));
        gone(Http2Client.COMPRESSION_ERROR, client -> client.frame(HEADERS, END_HEADERS, 1, (byte) 0x80));
        gone(Http2Client.FLOW_CONTROL_ERROR, client -> client.number(WINDOW_UPDATE, 0, Integer.MAX_VALUE));
        gone(Http2Client.FLOW_CONTROL_ERROR, client -> client.settings(4, -1));
        gone(PROTOCOL_ERROR, client -> client.settings(5, 100));
        gone(Http2Client.STREAM_CLOSED, client -> {
            client.get(1, "/").answer(1);
            client.get(1, "/");
        });
    }

    @Test
    void theFirstFrameIsSettings() {
        try (var client = new Http2Client(listener.port()).preface().frame(PING, 0, 0, new byte[8])) {
            assertThat(client.await(GOAWAY, 0).code()).isEqualTo(PROTOCOL_ERROR);
            // and closes, although the client does not
            assertThat(client.gone()).isEqualTo(-1);
        }
    }

    @Test
    void goesOnFromHttp11() {
        try (var client = new Http2Client(listener.port())) {
            client.raw(Listening.bytes(
                    UPGRADE.formatted("HTTP2-Settings: AAMAAABkAAQAAP__\n").replace("\n", "\r\n")));
            assertThat(client.http1Head()).contains("101", "h2c");
            client.preface().settings();
            assertThat(client.answer(1).body()).isEqualTo("/up");
            assertThat(client.get(3, "/next").answer(3).body()).isEqualTo("/next");
        }
    }

    /** RFC 9110, 7.8: with a body, without settings, with settings that are none. */
    @Test
    void anUpgradeIsAnOfferThatNeedNotBeTaken() {
        for (var more :
                new String[] {"HTTP2-Settings: AAMA\nTransfer-Encoding: chunked\n", "", "HTTP2-Settings: ?\n"}) {
            var answer =
                    RawClient.ask(listener.port(), UPGRADE.formatted(more) + (more.contains("chunked") ? "0\n\n" : ""));
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private void gone(int code, Consumer<Http2Client> wrong) {
        try (var client = Http2Client.to(listener)) {
            wrong.accept(client);
            assertThat(client.gone()).isEqualTo(code);
        }
    }
}
