package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443, 192.0.2.1",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255",
        "PROXY TCP6 2001:db8::1 2001:db8::2 0 443, 2001:db8::1",
        "PROXY UNKNOWN,",
        "PROXY UNKNOWN ffff:f...f:ffff what ever 65535, ",
    })
    void readsALineAndNothingBehindIt(String line, @Nullable String address) throws IOException {
        var in = in(line + "\r\nGET");

        assertThat(ProxyHeader.read(in)).isEqualTo(address == null ? null : InetAddress.ofLiteral(address));
        assertThat(in.readAllBytes()).isEqualTo(Listening.bytes("GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PROXY",
                "GET / HTTP/1.1\r\n",
                "proxy TCP4 192.0.2.1 192.0.2.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443",
                "PROXY TCP4  192.0.2.1 192.0.2.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443 \r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 65536\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 056 443\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 -1 443\r\n",
                "PROXY TCP4 192.0.2.256 192.0.2.2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 10.1 56324 443\r\n",
                "PROXY TCP4 2001:db8::1 2001:db8::2 56324 443\r\n",
                "PROXY TCP6 192.0.2.1 192.0.2.2 56324 443\r\n",
                "PROXY TCP6 fe80::1%lo fe80::1 56324 443\r\n",
                "PROXY TCP5 192.0.2.1 192.0.2.2 56324 443\r\n",
                "PROXY UNKNOWN                                                                                              \r\n",
            })
    void refusesALineThatIsNone(String line) {
        assertThatThrownBy(() -> ProxyHeader.read(in(line))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "21 11 000c c0000201 c0000202 dc04 01bb, 192.0.2.1",
        "21 11 0013 c0000201 c0000202 dc04 01bb 0400 04 00000000, 192.0.2.1",
        "21 21 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 dc04 01bb, 2001:db8::1",
        "20 00 0000,",
        "20 11 000c 00000000 00000000 0000 0000,",
        "21 00 0003 aabbcc,",
        "21 31 0002 2f61,",
    })
    void readsTheBinaryFormAndNothingBehindIt(String hex, @Nullable String address) throws IOException {
        var in = binary(hex + "474554");

        assertThat(ProxyHeader.read(in)).isEqualTo(address == null ? null : InetAddress.ofLiteral(address));
        assertThat(in.readAllBytes()).isEqualTo(Listening.bytes("GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21 11",
                "11 11 000c c0000201 c0000202 dc04 01bb",
                "22 11 000c c0000201 c0000202 dc04 01bb",
                "21 12 000c c0000201 c0000202 dc04 01bb",
                "21 41 000c c0000201 c0000202 dc04 01bb",
                "21 11 000b c0000201 c0000202 dc04 01",
                "21 11 000c c0000201 c0000202 dc04",
                "21 21 000c c0000201 c0000202 dc04 01bb",
                "20 00 0005 aabb",
            })
    void refusesABinaryFormThatIsNone(String hex) {
        assertThatThrownBy(() -> ProxyHeader.read(binary(hex))).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoMoreThanTheLongestLineToFindOut() {
        var endless = in("PROXY TCP4 " + "1".repeat(10_000));

        assertThatThrownBy(() -> ProxyHeader.read(endless)).isInstanceOf(IOException.class);
        assertThat(endless.available()).isGreaterThan(9_000);
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(Listening.bytes(text));
    }

    private static InputStream binary(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", "")));
    }
}
