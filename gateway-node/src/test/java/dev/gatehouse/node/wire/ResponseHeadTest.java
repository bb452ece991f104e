package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK,                     200, true",
        "HTTP/1.1 200,                        200, true",
        "'HTTP/1.1 200 ',                     200, true",
        "HTTP/1.1 299 Sch\u00f6n \u00ff,      299, true",
        "HTTP/1.0 200 OK,                     200, false",
        "'HTTP/1.1 404 \tx',                  404, true",
    })
    void readsAStatusLine(String line, int status, boolean keepsAlive) throws IOException {
        var head = read(line + "\r\n\r\n");

        assertThat(head.status()).isEqualTo(status);
        assertThat(head.keepsAlive()).isEqualTo(keepsAlive);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, close,               false",
        "HTTP/1.1, 'x, CLOSE',          false",
        "HTTP/1.1, keep-alive,          true",
        "HTTP/1.0, Keep-Alive,          true",
    })
    void knowsWhetherTheConnectionStays(String version, String connection, boolean stays) throws IOException {
        var head = read(version + " 200 OK\r\nConnection: " + connection + "\r\n\r\n");

        assertThat(head.keepsAlive()).isEqualTo(stays);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "HTTP/1.1 200 O\u0001K\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\nA: b\n\n",
                "<html>\r\n\r\n",
            })
    void refusesWhatIsNotAResponse(String text) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> read(text));
    }

    private static ResponseHead read(String text) throws IOException {
        return ResponseHead.read(Trickle.of(text, 3), HeadLimits.RESPONSE);
    }
}
