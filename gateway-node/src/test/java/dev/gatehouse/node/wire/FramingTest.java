package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.node.exchange.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

    @Test
    void readsARequestsFraming() throws WireException {
        assertThat(request()).isEqualTo(new Framing.None());
        assertThat(request("Content-Length", "0")).isEqualTo(new Framing.None());
        assertThat(request("content-length", "0042")).isEqualTo(new Framing.Length(42));
        assertThat(request("Transfer-Encoding", "Chunked")).isEqualTo(new Framing.Chunked());
    }

    @Test
    void readsAResponsesFraming() throws WireException {
        assertThat(response("GET", 200)).isEqualTo(new Framing.UntilClose());
        assertThat(response("GET", 200, "Content-Length", "7")).isEqualTo(new Framing.Length(7));
        assertThat(response("GET", 200, "Transfer-Encoding", "chunked")).isEqualTo(new Framing.Chunked());
        assertThat(response("HEAD", 200, "Content-Length", "7")).isEqualTo(new Framing.None());
        assertThat(response("HEAD", 200, "Transfer-Encoding", "chunked")).isEqualTo(new Framing.None());
        assertThat(response("GET", 304, "Content-Length", "7")).isEqualTo(new Framing.None());
        assertThat(response("GET", 204)).isEqualTo(new Framing.None());
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length,    '5',       Transfer-Encoding, chunked",
        "Content-Length,    '5',       Content-Length,    '6'",
        "Content-Length,    '5',       Content-Length,    '5'",
        "Content-Length,    '5, 5',    X,                 y",
        "Content-Length,    '+5',      X,                 y",
        "Content-Length,    '-5',      X,                 y",
        "Content-Length,    '0x5',     X,                 y",
        "Content-Length,    '5 ',      X,                 y",
        "Content-Length,    '',        X,                 y",
        "Content-Length,    '9999999999999999999', X,     y",
        "Transfer-Encoding, 'gzip, chunked', X,           y",
        "Transfer-Encoding, 'chunked, chunked', X,        y",
        "Transfer-Encoding, identity,  X,                 y",
        "Transfer-Encoding, xchunked,  X,                 y",
        "Transfer-Encoding, '',        X,                 y",
        "Transfer-Encoding, chunked,   Transfer-Encoding, chunked",
        "Transfer-Encoding, chunked,   transfer-encoding, identity",
    })
    void refusesWhatTwoRecipientsCouldReadDifferently(String name, String value, String other, String otherValue) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> request(name, value, other, otherValue));
        for (var method : new String[] {"GET", "HEAD"}) {
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> response(method, 200, name, value, other, otherValue));
        }
    }

    @Test
    void refusesATransferCodingFromTheTimeBeforeThereWasOne() {
        var headers = Headers.of("Transfer-Encoding", "chunked");

        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Framing.ofRequest(new RequestHead("POST", "/", 0, headers)));
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Framing.ofResponse(new ResponseHead(0, 200, headers), "GET"));
    }

    @Test
    void takesNoContentWithATrace() throws WireException {
        assertThat(Framing.ofRequest(new RequestHead("TRACE", "/", 1, Headers.of("Content-Length", "0"))))
                .isEqualTo(new Framing.None());
        for (var framing : new String[][] {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}) {
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> Framing.ofRequest(new RequestHead("TRACE", "/", 1, Headers.of(framing))));
        }
    }

    private static Framing request(String... headers) throws WireException {
        return Framing.ofRequest(new RequestHead("POST", "/", 1, Headers.of(headers)));
    }

    private static Framing response(String method, int status, String... headers) throws WireException {
        return Framing.ofResponse(new ResponseHead(1, status, Headers.of(headers)), method);
    }
}
