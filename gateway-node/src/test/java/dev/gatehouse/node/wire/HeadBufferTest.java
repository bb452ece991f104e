package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadBufferTest {

    @Test
    void writesWhatTheParserReads() throws IOException {
        var headers = Headers.of("X-CASE", "a\u00ff\tb", "x-case", "", "Long", "x".repeat(5000));
        var out = new ByteArrayOutputStream();

        new HeadBuffer().requestLine("get", "/a%2F?b").fields(headers).end().writeTo(out);

        var head = RequestHead.read(Trickle.of(out.toString(StandardCharsets.ISO_8859_1), 100), HeadLimits.REQUEST);
        assertThat(head).isNotNull();
        assertThat(head.method()).isEqualTo("get");
        assertThat(head.target()).isEqualTo("/a%2F?b");
        assertThat(head.headers()).containsExactlyElementsOf(headers);
    }

    @Test
    void writesAStatusLine() throws IOException {
        var out = new ByteArrayOutputStream();

        new HeadBuffer().statusLine(404).end().statusLine(299).end().writeTo(out);

        assertThat(out).asString().isEqualTo("HTTP/1.1 404 Not Found\r\n\r\nHTTP/1.1 299 \r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\u0000", "a\u007f", "a\u0100", "\ud83d\ude00"})
    void refusesAValueThatWouldEndItsLineOrIsNoOctet(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadBuffer().field("A", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "\u00e9", "a\u0000"})
    void refusesANameThatIsNone(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadBuffer().field(name, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadBuffer().requestLine(name, "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ HTTP/1.1\r\nX: y", "/a b", "/\u00e9", "/\u0000"})
    void refusesATargetThatWouldEndTheRequestLine(String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeadBuffer().requestLine("GET", target));
    }
}
