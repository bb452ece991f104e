package dev.gatehouse.node.backend.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.node.exchange.Headers;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 7541, appendix C. */
class HeaderDecoderTest {

    private final HeaderDecoder decoder = new HeaderDecoder(64 << 10, 200);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsRequestsThatBuildOnEachOther(boolean huffman) throws Http2Exception {
        assertThat(decode(huffman ? "828684418cf1e3c2e5f23a6ba0ab90f4ff" : "828684410f7777772e6578616d706c652e636f6d"))
                .isEqualTo(":method: GET, :scheme: http, :path: /, :authority: www.example.com");
        assertThat(decode(huffman ? "828684be5886a8eb10649cbf" : "828684be58086e6f2d6361636865"))
                .isEqualTo(":method: GET, :scheme: http, :path: /, :authority: www.example.com, "
                        + "cache-control: no-cache");
        assertThat(decode(
                        huffman
                                ? "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"
                                : "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"))
                .isEqualTo(":method: GET, :scheme: https, :path: /index.html, :authority: www.example.com, "
                        + "custom-key: custom-value");
    }

    @Test
    void evictsWhatDoesNotFitIntoTheTable() throws Http2Exception {
        // C.6, with the table of 256 bytes that the example has
        assertThat(decode("3fe101" + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                        + "6e919d29ad171863c78f0b97c8e9ae82ae43d3"))
                .isEqualTo(":status: 302, cache-control: private, date: Mon, 21 Oct 2013 20:13:21 GMT, "
                        + "location: https://www.example.com");
        assertThat(decode("4883640effc1c0bf"))
                .isEqualTo(":status: 307, cache-control: private, date: Mon, 21 Oct 2013 20:13:21 GMT, "
                        + "location: https://www.example.com");
        assertThat(decode("88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7"
                        + "b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"))
                .isEqualTo(":status: 200, cache-control: private, date: Mon, 21 Oct 2013 20:13:22 GMT, "
                        + "location: https://www.example.com, content-encoding: gzip, "
                        + "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
    }

    @Test
    void leavesOctetsAsTheyAre() throws Http2Exception {
        // 0xe9 and 0xff, each in the Huffman code: 24 and 26 bits
        assertThat(decode("00" + "0178" + "02e9ff")).isEqualTo("x: \u00e9\u00ff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "be",
                "ffffffffff7f",
                "00",
                "0001",
                "000178",
                "00017805",
                "00017882ffff",
                "0001788100",
                "000178831e1e1e",
                "3fe220",
                "8220",
                "7f",
            })
    void refusesWhatIsNoBlock(String hex) {
        assertThatExceptionOfType(Http2Exception.class)
                .isThrownBy(() -> decode(hex))
                .extracting(Http2Exception::code)
                .isEqualTo(ErrorCode.COMPRESSION_ERROR);
    }

    @Test
    void keepsNoMoreThanItMayAndGoesOnReading() throws Http2Exception {
        var small = new HeaderDecoder(200, 2);
        var three = HexFormat.of().parseHex("4001610162" + "828282");
        assertThat(small.decode(three, three.length)).as("more than two fields").isNull();
        var large = HeaderEncoder.encode(Headers.of("x", "y".repeat(200)));
        assertThat(small.decode(large, large.length)).as("more than 200 bytes").isNull();

        var known = HexFormat.of().parseHex("3fe11f" + "4001610162be");
        assertThat(small.decode(known, known.length)).hasToString(text("a", "b", "a", "b"));
    }

    @Test
    void readsWhatTheEncoderWrites() throws Http2Exception {
        var headers = Headers.of(
                ":method",
                "GET",
                ":path",
                "/a?b",
                "accept-encoding",
                "gzip, deflate",
                "Authorization",
                "Bearer x",
                "x",
                "",
                "x-long",
                "\u00e9".repeat(10_000),
                "X-Case",
                "A b");
        var block = HeaderEncoder.encode(headers);

        var decoded = Objects.requireNonNull(decoder.decode(block, block.length));

        assertThat(decoded).hasSize(7);
        assertThat(decoded.first("x-long")).contains("\u00e9".repeat(10_000));
        assertThat(decoded.first("x-case")).contains("A b");
        assertThat(decoded.first("authorization")).contains("Bearer x");
        assertThat(decoded).extracting(Headers.Field::name).doesNotContain("X-Case", "Authorization");
    }

    private static String text(String... namesAndValues) {
        return Headers.of(namesAndValues).toString();
    }

    private String decode(String hex) throws Http2Exception {
        var bytes = HexFormat.of().parseHex(hex);
        var headers = Objects.requireNonNull(decoder.decode(bytes, bytes.length));
        var text = new StringBuilder();
        for (var field : headers) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(field.name())
                    .append(": ")
                    .append(field.value());
        }
        return text.toString();
    }
}
