package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4096})
    void readsARequestHoweverItIsCut(int most) throws IOException {
        var in = Trickle.of(
                "\r\npatch /a%2Fb?c=d HTTP/1.1\r\nHost: a\r\nX-CASE:\t kept \t\r\nx-empty:\r\nX-CASE: twice\r\n\r\nrest",
                most);

        var head = read(in);

        assertThat(head.method()).isEqualTo("patch");
        assertThat(head.target()).isEqualTo("/a%2Fb?c=d");
        assertThat(head.minor()).isEqualTo(1);
        assertThat(head.headers()).extracting("name").containsExactly("Host", "X-CASE", "x-empty", "X-CASE");
        assertThat(head.headers()).extracting("value").containsExactly("a", "kept", "", "twice");
        assertThat(in.read(new byte[1], 0, 1)).isOne();
    }

    @Test
    void passesOctetsOfAValueAsTheyCame() throws IOException {
        var octets = new StringBuilder();
        for (char c = 0xff; c >= 0x80; c--) {
            octets.append(c);
        }

        var head = read(Trickle.of("GET / HTTP/1.1\r\nX: " + octets + "\r\n\r\n", 4096));

        assertThat(head.headers().first("x")).contains(octets.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /\r\n\r\n",
                "GET  / HTTP/1.1\r\n\r\n",
                " GET / HTTP/1.1\r\n\r\n",
                "GET\t/ HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1 \r\n\r\n",
                "GET / HTTP/1.2\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n",
                "GET / HTTP/1.10\r\n\r\n",
                "GET / http/1.1\r\n\r\n",
                "GET / HTTP/1.1\rX\r\n\r\n",
                "G(T / HTTP/1.1\r\n\r\n",
                "GET /a b HTTP/1.1\r\n\r\n",
                "GET /\u00e9 HTTP/1.1\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/1.1\r\nA: b\n\r\n",
                "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\u0000c\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\u007fc\r\n\r\n",
                "GET / HTTP/1.1\r\n: b\r\n\r\n",
                "GET / HTTP/1.1\r\nA : b\r\n\r\n",
                "GET / HTTP/1.1\r\nA\r\n\r\n",
                "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\n A: b\r\n\r\n",
                "GET / HTTP/1.1\r\nA\u00e9: b\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n",
            })
    void refusesWhatIsNotARequest(String text) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> read(Trickle.of(text, 4096)));
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> read(Trickle.of(text, 1)));
    }

    @Test
    void endsWhereTheStreamEnds() throws IOException {
        assertThat(RequestHead.read(Trickle.of("", 1), HeadLimits.REQUEST)).isNull();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(Trickle.of("GET / HTTP/1.1\r\nA: b", 5)));
    }

    @Test
    void boundsEveryPart() throws IOException {
        var limits = new HeadLimits(100, 10, 3);
        var most = "GET /23456789 HTTP/1.1\r\nA: b\r\nA: b\r\nC: %s\r\n\r\n";
        var full = most.formatted("c".repeat(100 - most.length() + 2));

        assertThat(RequestHead.read(Trickle.of(full, 4096), limits)).isNotNull();
        for (var one : new String[] {
            full.replace("c", "cc"),
            "GET /2345678901 HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nA:\r\nA:\r\nA:\r\nA:\r\n\r\n",
            "x".repeat(1000),
        }) {
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> RequestHead.read(Trickle.of(one, 4096), limits));
        }
    }

    @Test
    void parsesFromTheMiddleOfABuffer() throws WireException {
        var bytes = "junkGET /x HTTP/1.0\r\nA: b\r\n\r\njunk".getBytes(StandardCharsets.US_ASCII);

        var head = RequestHead.parse(bytes, 4, bytes.length - 4, HeadLimits.REQUEST);

        assertThat(head.target()).isEqualTo("/x");
        assertThat(head.last()).isTrue();
    }

    private static RequestHead read(WireInput in) throws IOException {
        return Objects.requireNonNull(RequestHead.read(in, HeadLimits.REQUEST));
    }
}
