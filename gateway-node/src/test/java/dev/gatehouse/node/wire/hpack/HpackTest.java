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

    private HpackDecoder decoder = new HpackDecoder(256, 32 << 10, 100);

    /** RFC 7541, C.3 and C.4: requests without and with Huffman coding, one after the other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheRequestsOfTheSpecification(boolean huffman) throws WireException {
        assertThat(decode(
                        huffman
                                ? "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"
                                : "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "http", ":path", "/")
                        .add(":authority", "www.example.com")
                        .toString());
        assertThat(decode(huffman ? "8286 84be 5886 a8eb 1064 9cbf" : "8286 84be 5808 6e6f 2d63 6163 6865"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "http", ":path", "/")
                        .add(":authority", "www.example.com")
                        .add("cache-control", "no-cache")
                        .toString());
        assertThat(decode(
                        huffman
                                ? "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"
                                : "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"))
                .hasToString(Headers.of(":method", "GET", ":scheme", "https", ":path", "/index.html")
                        .add(":authority", "www.example.com")
                        .add("custom-key", "custom-value")
                        .toString());
    }

    /** RFC 7541, C.6: responses that push entries out of a table of 256 octets. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forgetsWhatNoLongerFits(boolean resized) throws WireException {
        if (resized) {
            decoder = new HpackDecoder(4096, 32 << 10, 100);
        }
        decode(
                (resized ? "3fe1 01" : "")
                        + "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3");

        assertThat(decode("4883 640e ffc1 c0bf"))
                .hasToString(Headers.of(":status", "307", "cache-control", "private")
                        .add("date", "Mon, 21 Oct 2013 20:13:21 GMT")
                        .add("location", "https://www.example.com")
                        .toString());
        assertThat(decode("88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7"
                        + "821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0"
                        + "03ed 4ee5 b106 3d50 07"))
                .hasToString(Headers.of(":status", "200", "cache-control", "private")
                        .add("date", "Mon, 21 Oct 2013 20:13:22 GMT")
                        .add("location", "https://www.example.com")
                        .add("content-encoding", "gzip")
                        .add("set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1")
                        .toString());
        assertThatThrownBy(() -> decode("c2")).hasMessageContaining("index");
    }

    @Test
    void readsOctetsAbove127AsTheyCome() throws WireException {
        assertThat(decode("00 01 78 02 e9 ff").first("x")).hasValue("\u00e9\u00ff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an index of 0, of nothing, beyond every number
                "80",
                "be",
                "c6",
                "ffffffffffff7f",
                "ffffffffff7f",
                // cut short: a number, a string, a value
                "ff",
                "7f",
                "00",
                "0001",
                "000178",
                "00017805",
                "0085f2b24a",
                "0003616263",
                // a table larger than the settings allow, and a size behind a field
                "3fe20f",
                "3fe220",
                "8220",
                // Huffman: padding with zeros, of a whole byte, and the end-of-string symbol
                "0001618118",
                "00016182 1fff",
                "00017882 ffff",
                "0001788100",
                "00017883 1e1e1e",
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
    void keepsNoMoreFieldsThanItMayAndGoesOnReading() throws WireException {
        var two = new HpackDecoder(4096, 200, 2);
        assertThat(two.decode(bytes("40 01 61 01 62 82 82 82"), 0, 8).tooLarge())
                .isTrue();

        var next = two.decode(bytes("3f e1 1f 40 01 61 01 62 be"), 0, 9);
        assertThat(next.tooLarge()).isFalse();
        assertThat(next.fields()).hasToString(Headers.of("a", "b", "a", "b").toString());
    }

    @Test
    void writesAHeadInItsOrderWithNamesInLowerCase() throws WireException {
        var sent = Headers.of(":method", "GET", ":path", "/a?b", "accept-encoding", "gzip, deflate", "X-Case", "A b")
                .add("Authorization", "Bearer x")
                .add("x", "")
                .add("x-long", "\u00e9".repeat(10_000))
                .add("x-case", "again");
        var block = new HpackEncoder().head(sent).toBytes();

        assertThat(decoder.decode(block, 0, block.length).fields())
                .hasToString(Headers.of(
                                ":method", "GET", ":path", "/a?b", "accept-encoding", "gzip, deflate", "x-case", "A b")
                        .add("authorization", "Bearer x")
                        .add("x", "")
                        .add("x-long", "\u00e9".repeat(10_000))
                        .add("x-case", "again")
                        .toString());
    }

    /** The table is emptied for a peer that made it smaller; what the static table has is an index; a secret is never one. */
    @Test
    void addsNothingToATable() {
        var head = Headers.of(":method", "POST", ":path", "/", "accept-encoding", "gzip, deflate", "Cookie", "~");
        var block = new HpackEncoder().head(head).toBytes();

        assertThat(block).isEqualTo(bytes("20 83 84 90 1f11 01 7e"));
        assertThat(new HpackEncoder().status(204).status(418).toBytes()).startsWith(bytes("20 89 08"));
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
        assertThatThrownBy(() -> new HpackEncoder().pseudo(":path", "/a b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HpackEncoder().pseudo(":path", "")).isInstanceOf(IllegalArgumentException.class);
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
