package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Headers;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {

    private final Forwarding forwarding =
            new Forwarding(TrustedProxies.of(List.of("10.0.0.0/8", " 192.0.2.7 ", "fd00::/8")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.1.1  | 203.0.113.5                            | 203.0.113.5",
                "10.1.1.1  | 6.6.6.6, 203.0.113.5                   | 203.0.113.5",
                "10.1.1.1  | 6.6.6.6, 203.0.113.5, 10.9.9.9, fd00::1| 203.0.113.5",
                "10.1.1.1  | 203.0.113.5:4711                       | 203.0.113.5",
                "10.1.1.1  | [2001:db8::5]:4711                     | 2001:db8:0:0:0:0:0:5",
                "10.1.1.1  | 2001:db8::5                            | 2001:db8:0:0:0:0:0:5",
                "10.1.1.1  | 10.2.2.2, 10.3.3.3                     | 10.2.2.2",
                "10.1.1.1  | 6.6.6.6, unknown                       | 10.1.1.1",
                "10.1.1.1  | 6.6.6.6, evil.example                  | 10.1.1.1",
                "10.1.1.1  | ''                                     | 10.1.1.1",
                "192.0.2.7 | 203.0.113.5                            | 203.0.113.5",
                "192.0.2.8 | 203.0.113.5                            | 192.0.2.8",
                "11.0.0.1  | 203.0.113.5                            | 11.0.0.1",
                "fd12::1   | 203.0.113.5                            | 203.0.113.5",
                "fe80::1   | 203.0.113.5                            | fe80:0:0:0:0:0:0:1",
            })
    void believesOnlyWhatATrustedProxySaw(String peer, String field, String client) {
        assertThat(take(peer, "X-Forwarded-For", field).address().getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.5;proto=https                       | 203.0.113.5          | https",
                "for=6.6.6.6, For=\"203.0.113.5:80\";Proto=HTTPS   | 203.0.113.5          | https",
                "for=\"[2001:db8::5]:4711\"                        | 2001:db8:0:0:0:0:0:5 | http",
                "for=_hidden;proto=https                           | 10.1.1.1             | https",
                "by=203.0.113.5                                    | 10.1.1.1             | http",
                "for=203.0.113.5;proto=gopher                      | 203.0.113.5          | http",
                "for=203.0.113.5;host=\"a,for=6.6.6.6\"          | 203.0.113.5          | http",
                "host=\"a;for=6.6.6.6\";for=203.0.113.5          | 203.0.113.5          | http",
                "host=\"a\\\";for=6.6.6.6\";for=203.0.113.5   | 203.0.113.5          | http",
                "for=203.0.113.5:_hidden;host=a:80                 | 203.0.113.5          | http",
                ", for=203.0.113.5; proto=https ;,                 | 203.0.113.5          | https",
            })
    void readsTheStandardField(String field, String client, String scheme) {
        var seen = take("10.1.1.1", "Forwarded", field);

        assertThat(seen.address().getHostAddress()).isEqualTo(client);
        assertThat(seen.scheme()).isEqualTo(scheme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=203.0.113.5;proto=https, for=\"203.0.113.5",
                "for=203\".0.113.5\";proto=https",
                "for=\"203.0.113.5\"x;proto=https",
                "for=203.0.113.5;for=6.6.6.6;proto=https",
                "for=203.0.113.5;proto=https;host",
                "for=203.0.113.5;proto=https;=a",
            })
    void believesNothingOfAMalformedField(String field) {
        assertThat(take("10.1.1.1", "Forwarded", field)).isEqualTo(new Client(address("10.1.1.1"), "http", null));
    }

    @Test
    void takesTheSchemeFromATrustedProxyOnly() {
        assertThat(take("10.1.1.1", "X-Forwarded-Proto", "http, https").scheme())
                .isEqualTo("https");
        assertThat(take("11.1.1.1", "X-Forwarded-Proto", "https").scheme()).isEqualTo("http");
    }

    @Test
    void believesNeitherFieldWhenTheyDisagree() {
        var seen = take("10.1.1.1", "X-Forwarded-For", "203.0.113.5", "Forwarded", "for=6.6.6.6;proto=https");

        assertThat(seen).isEqualTo(new Client(address("10.1.1.1"), "http", null));
        assertThat(take("10.1.1.1", "X-Forwarded-For", "203.0.113.5", "Forwarded", "for=203.0.113.5")
                        .address())
                .isEqualTo(address("203.0.113.5"));
    }

    @Test
    void countsEveryLineOfAField() {
        var seen = take("10.1.1.1", "X-Forwarded-For", "6.6.6.6", "x-forwarded-for", "203.0.113.5");

        assertThat(seen.address()).isEqualTo(address("203.0.113.5"));
    }

    @Test
    void takesTheFieldsOutInAnyCaseAndSpelling() {
        var headers = Headers.of(
                "X-Forwarded-For",
                "a",
                "x_forwarded_for",
                "a",
                "FORWARDED",
                "a",
                "X-Forwarded-Port",
                "a",
                "X-Real-Ip",
                "a",
                "X-Other",
                "b");

        forwarding.take(headers, new Arrival(address("10.1.1.1"), false, null, null));

        assertThat(headers).extracting("name").containsExactly("X-Other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.com", "10.0.0/8", "", "fd00::/129"})
    void refusesABlockThatIsNone(String cidr) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of(cidr)))
                .withMessageContaining("'" + cidr + "'");
    }

    private Client take(String peer, String... fields) {
        return forwarding.take(Headers.of(fields), new Arrival(address(peer), false, null, null));
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
