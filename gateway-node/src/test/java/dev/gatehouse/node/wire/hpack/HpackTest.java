package dev.gatehouse.node.wire.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.WireException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackTest {

    private final HpackDecoder decoder = new HpackDecoder(256, 32 << 10, 100);

    /** RFC 7541, C.4: requests with Huffman coding, one after the other. */
    @Test
    void readsTheRequestsOfTheSpecification() throws WireException {
        assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "http", ":path", "/")
                        .add(":authority", "www.example.com")
                        .toString());
        assertThat(decode("8286 84be 5886 a8eb 1064 9cbf"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "http", ":path", "/")
                        .add(":authority", "www.example.com")
                        .add("cache-control", "no-cache")
                        .toString());
        assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "https", ":path", "/index.html")
                        .add(":authority", "www.example.com")
                        .add("custom-key", "custom-value")
                        .toString());
    }

    /** RFC 7541, C.6: responses that push entries out of a table of 256 octets. */
    @Test
    void forgetsWhatNoLongerFits() throws WireException {
        decode(
                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3");

        assertThat(decode("4883 640e ffc1 c0bf"))
                .hasToString(Headers.of(":status", "307", "cache-control", "private")
                        .add("date", "Mon, 21 Oct 2013 20:13:21 GMT")
                        .add("location", "https://www.example.com")
                        .toString());
        assertThatThrownBy(() -> decode("c2")).hasMessageContaining("index");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an index of 0, of nothing, beyond every number
                "80",
                "c6",
                "ffffffffffff7f",
                // cut short: a number, a string, a value
                "ff",
                "0085f2b24a",
                "0003616263",
                // a table larger than the settings allow, and a size behind a field
                "3fe20f",
                "8220",
                // Huffman: padding with zeros, of a whole byte, and the end-of-string symbol
                "0001618118",
                "00016182 1fff",
                "00016184 ffffffff"
            })
    void refusesWhatIsNoFieldBlock(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(WireException.class);
    }

    @Test
    void anEntryLargerThanTheTableEmptiesIt() throws WireException {
        decode("40 01 61 01 62");
        assertThat(decode("be").first("a")).hasValue("b");
        decode("40 01 61 7f " + number(300 - 127) + "78".repeat(300));

        assertThatThrownBy(() -> decode("be")).hasMessageContaining("index");
    }

    @Test
    void countsWhatABlockStandsForAndKeepsTheTableAllTheSame() throws WireException {
        var strict = new HpackDecoder(4096, 200, 100);
        var value = "40 01 61 64 " + "78".repeat(100);
        assertThat(strict.decode(bytes(value), 0, 104).tooLarge()).isFalse();

        var bomb = strict.decode(bytes("be be be 40 01 62 01 63"), 0, 8);
        assertThat(bomb.tooLarge()).isTrue();
        assertThat(bomb.fields().size()).isEqualTo(1);
        assertThat(strict.decode(bytes("be"), 0, 1).fields().first("b")).hasValue("c");
    }

    @Test
    void whatIsWrittenIsReadAgainOctetForOctet() throws WireException {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var headers = new Headers();
            for (int i = random.nextInt(8); i >= 0; i--) {
                var value = new StringBuilder();
                for (int length = random.nextInt(300); length > 0; length--) {
                    value.append(
                            (char) (random.nextBoolean() ? ' ' + random.nextInt(0x5f) : 0x80 + random.nextInt(0x80)));
                }
                headers.add(random.nextBoolean() ? "x-" + random.nextInt(50) : "content-type", value.toString());
            }
            var written = new HpackEncoder().status(200 + random.nextInt(300)).fields(headers);
            var read = decoder.decode(written.bytes(), 0, written.length()).fields();
            assertThat(read.first(":status").orElseThrow()).hasSize(3);
            assertThat(read.removeIf(field -> field.name().startsWith(":"))).hasToString(headers.toString());
        }
    }

    @Test
    void writesNoFieldThatCouldEndEarly() {
        assertThatThrownBy(() -> new HpackEncoder().field("a", "b\r\nc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HpackEncoder().field(":path", "/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HpackEncoder().field("a", "\u0100")).isInstanceOf(IllegalArgumentException.class);
    }

    private Headers decode(String hex) throws WireException {
        var block = bytes(hex);
        return decoder.decode(block, 0, block.length).fields();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** The rest of a number that did not fit its prefix. */
    private static String number(int rest) {
        return HexFormat.of().toHexDigits((byte) (rest | 0x80)) + HexFormat.of().toHexDigits((byte) (rest >> 7));
    }
}
