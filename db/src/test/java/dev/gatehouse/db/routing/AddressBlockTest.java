package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.255.0.1,     true",
        "10.0.0.0/8,      11.0.0.1,       false",
        "10.0.0.0/9,      10.127.255.255, true",
        "10.0.0.0/9,      10.128.0.0,     false",
        "192.0.2.7,       192.0.2.7,      true",
        "192.0.2.7,       192.0.2.6,      false",
        "0.0.0.0/0,       203.0.113.9,    true",
        "0.0.0.0/0,       ::1,            false",
        "::/0,            2001:db8::1,    true",
        "2001:db8::/33,   2001:db8:7fff::1, true",
        "2001:db8::/33,   2001:db8:8000::1, false",
        "192.0.2.0/31,    192.0.2.1,      true",
        "192.0.2.0/31,    192.0.2.2,      false",
    })
    void holdsTheAddressesThatBeginAsItDoes(String block, String address, boolean holds) {
        assertThat(AddressBlock.of(block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com    | There is no address before the slash.",
                "''             | There is no address before the slash.",
                "10.0.0.0/33    | After the slash stands a number of bits, 0 to 32.",
                "10.0.0.0/      | After the slash stands a number of bits, 0 to 32.",
                "10.0.0.0/-1    | After the slash stands a number of bits, 0 to 32.",
                "::/129         | After the slash stands a number of bits, 0 to 128.",
                "10.1.0.0/8     | Bits behind the first 8 are set; the block begins at 10.0.0.0.",
            })
    void refusesWhatIsNoBlock(String block, String reason) {
        assertThat(AddressBlock.problem(block))
                .contains("'" + block + "' is refused: must be " + AddressBlock.RULE + ". " + reason);
    }
}
