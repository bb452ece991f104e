package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundHeadTest {

    private static final ServiceTarget TARGET = ServiceTarget.of(URI.create("http://users.internal:9101"));

    @Test
    void says() {
        var exchange = Exchanges.get("/ignored?full=yes", "Accept", "*/*", "x-CASE", "1", "X-Case", "2");

        assertThat(text(exchange, "/users/7")).isEqualTo("""
                        GET /users/7?full=yes HTTP/1.1
                        Host: users.internal:9101
                        Accept: */*
                        x-CASE: 1
                        X-Case: 2
                        X-Forwarded-For: 203.0.113.5
                        X-Forwarded-Proto: https
                        X-Forwarded-Host: api.example:8443
                        Forwarded: for=203.0.113.5;host="api.example:8443";proto=https
                        X-Request-Id: request-1

                        """);
    }

    @Test
    void repeatsNothingOfWhatItSaysAnew() {
        var exchange = Exchanges.get(
                "/",
                "host",
                "evil",
                "X-Forwarded-For",
                "6.6.6.6",
                "x-forwarded-proto",
                "gopher",
                "X-Forwarded-Host",
                "evil",
                "FORWARDED",
                "for=6.6.6.6",
                "X-Request-Id",
                "evil",
                "Content-Length",
                "7",
                "Expect",
                "100-continue");

        assertThat(text(exchange, "/")).doesNotContain("evil", "6.6.6.6", "gopher", "Content-Length", "Expect");
    }

    @Test
    void leavesOutWhatConcernsTheClientsConnectionOnly() {
        var exchange = Exchanges.get(
                "/",
                "Connection",
                "X-Mine, Host, Via",
                "X-Mine",
                "mine",
                "Keep-Alive",
                "timeout=5",
                "TE",
                "trailers",
                "Upgrade",
                "h2c",
                "Transfer-Encoding",
                "chunked",
                "Proxy-Authorization",
                "Basic x",
                "Via",
                "1.0 other",
                "X-Other",
                "other");

        assertThat(text(exchange, "/"))
                .contains("\nVia: 1.0 other\nX-Other: other\nX-Forwarded-For")
                .doesNotContain("mine", "Keep-Alive", "TE:", "Upgrade", "Transfer-Encoding", "Proxy-", "Connection");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2001:db8::5      | 2001:db8:0:0:0:0:0:5 | for=\"[2001:db8:0:0:0:0:0:5]\"",
                "::ffff:192.0.2.1 | 192.0.2.1            | for=192.0.2.1",
            })
    void writesAnAddressAsEachFieldWantsIt(String address, String plain, String element) {
        assertThat(text(Exchanges.from(address), "/"))
                .contains("X-Forwarded-For: " + plain + "\n", "Forwarded: " + element + ";host=");
    }

    @Test
    void leavesOutTheZoneOfAnAddress() throws UnknownHostException {
        var local = InetAddress.getByAddress(
                "x", new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        var zoned = Inet6Address.getByAddress("x", local.getAddress(), 3);

        assertThat(text(exchange("GET", zoned, "a", Body.empty()), "/"))
                .contains("X-Forwarded-For: fe80:0:0:0:0:0:0:1\n");
    }

    @Test
    void saysNothingOfAHostThatWasNotNamed() {
        var exchange = exchange("GET", InetAddress.getLoopbackAddress(), "", Body.empty());

        assertThat(text(exchange, "/"))
                .contains("Forwarded: for=127.0.0.1;proto=http\n")
                .doesNotContain("X-Forwarded-Host");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     0, ''",
        "DELETE,  0, ''",
        "OPTIONS, 0, ''",
        "POST,    0, 'Content-Length: 0'",
        "PUT,     0, 'Content-Length: 0'",
        "PATCH,   0, 'Content-Length: 0'",
        "GET,     3, 'Content-Length: 3'",
        "POST,    3, 'Content-Length: 3'",
        "POST,   -1, 'Transfer-Encoding: chunked'",
        "GET,    -1, 'Transfer-Encoding: chunked'",
    })
    void framesTheBodyByWhatIsKnownOfIt(String method, long length, String framing) {
        var body = new StreamedBody(length, Body.empty().stream());
        var head = text(exchange(method, InetAddress.getLoopbackAddress(), "a", body), "/");

        assertThat(head).endsWith("\nX-Request-Id: request-1\n" + (framing.isEmpty() ? "" : framing + "\n") + "\n");
    }

    @Test
    void refusesAFieldThatWouldEndItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(Exchanges.get("/", "X", "a\r\nX-Forwarded-For: 6.6.6.6"), "/"));
    }

    private static Exchange exchange(String method, InetAddress client, String authority, Body body) {
        return new Exchange(
                "request-1",
                new RequestLine(method, authority, "/", null),
                new Client(client, "http", null),
                new Headers(),
                body,
                Downstream.PLAIN);
    }

    private static String text(Exchange exchange, String path) {
        var out = new ByteArrayOutputStream();
        try {
            OutboundHead.of(exchange, TARGET, path, null, DeadlineField.NONE, 0).writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }
}
