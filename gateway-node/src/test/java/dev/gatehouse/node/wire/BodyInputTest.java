package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyInputTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 4096})
    void readsChunksHoweverTheyAreCut(int most) throws IOException {
        var in = Trickle.of(
                "5\r\nhello\r\n6;a=b ; c = \"d;\\\" é\";e\r\n world\r\n000A \t;x\r\n0123456789\r\n0\r\nExpires: never\r\n\r\nnext",
                most);
        var body = (ChunkedInput) BodyInput.of(new Framing.Chunked(), in);

        assertThat(text(body)).isEqualTo("hello world0123456789");
        assertThat(body.ended()).isTrue();
        assertThat(body.trailers().first("expires")).contains("never");
        assertThat(body.read()).isEqualTo(-1);
        var next = new byte[4];
        for (int read = 0; read < 4; ) {
            read += in.read(next, read, 4 - read);
        }
        assertThat(next).asString(StandardCharsets.US_ASCII).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5,\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5;\r\nhello\r\n0\r\n\r\n",
                "5;a;\r\nhello\r\n0\r\n\r\n",
                "5;a b\r\nhello\r\n0\r\n\r\n",
                "5;a[=b\r\nhello\r\n0\r\n\r\n",
                "5;a=\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\\\r\nhello\r\n0\r\n\r\n",
                "5;a \r\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "5;a\rb\r\nhello\r\n0\r\n\r\n",
                "5;a\u0000\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello!\r\n0\r\n\r\n",
                "1000000000000000\r\nhello",
                "fffffffffffffffff\r\nhello",
                "5\r\nhello\r\n0\r\n folded: x\r\n\r\n",
                "5\r\nhello\r\n0\r\nno colon\r\n\r\n",
                "5\r\nhello\r\n0\r\nX\r\n",
            })
    void refusesChunksThatAreNot(String text) {
        for (int most : new int[] {1, 4096}) {
            var body = BodyInput.of(new Framing.Chunked(), Trickle.of(text + "0\r\n\r\n", most));

            assertThatExceptionOfType(WireException.class).isThrownBy(() -> text(body));
            assertThat(body.ended()).isFalse();
        }
    }

    @Test
    void findsNoEndBehindAMalformedChunk() {
        var body = BodyInput.of(new Framing.Chunked(), Trickle.of("5\r\nhelloXX0\r\n\r\n", 4096));

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(WireException.class).isThrownBy(() -> text(body));
        }
        assertThat(body.ended()).isFalse();
    }

    @Test
    void boundsWhatExtensionsAndTrailersCost() {
        var one = "1;" + "x".repeat(900) + "\r\na\r\n";
        for (var text : new String[] {
            "1;" + "x".repeat(5000) + "\r\na\r\n0\r\n\r\n",
            one.repeat(30) + "0\r\n\r\n",
            "0\r\nX: " + "x".repeat(9000) + "\r\n\r\n",
            "0\r\n" + "X: y\r\n".repeat(60) + "\r\n",
        }) {
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> text(BodyInput.of(new Framing.Chunked(), Trickle.of(text, 4096))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5\r\nhel",
                "5\r\nhello",
                "5\r\nhello\r\n",
                "5\r\nhello\r\n0\r\n",
                "5\r\nhello\r\n0\r\nA: b"
            })
    void noticesThatTheChunksEndEarly(String text) {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> text(BodyInput.of(new Framing.Chunked(), Trickle.of(text, 4096))));
    }

    @Test
    void readsALengthAndNotOneByteMore() throws IOException {
        var in = Trickle.of("hello world", 4096);
        var body = BodyInput.of(new Framing.Length(5), in);

        assertThat(text(body)).isEqualTo("hello");
        assertThat(in.buffered()).isEqualTo(6);
    }

    @Test
    void knowsTheEndOfALengthWithTheLastByte() throws IOException {
        var body = BodyInput.of(new Framing.Length(5), Trickle.of("hello", 4096));

        assertThat(body.read(new byte[5], 0, 5)).isEqualTo(5);

        assertThat(body.ended()).isTrue();
    }

    @Test
    void noticesThatALengthIsCutShort() {
        assertThatIOException()
                .isThrownBy(() -> text(BodyInput.of(new Framing.Length(5), Trickle.of("hell", 4096))))
                .withMessageContaining("1 bytes short");
    }

    @Test
    void readsUntilTheStreamEnds() throws IOException {
        var body = BodyInput.of(new Framing.UntilClose(), Trickle.of("hello", 2));

        assertThat(text(body)).isEqualTo("hello");
        assertThat(body.ended()).isTrue();
    }

    private static String text(BodyInput body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
