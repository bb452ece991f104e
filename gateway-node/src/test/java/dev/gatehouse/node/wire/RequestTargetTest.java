package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(strings = {"x=/../admin", "x=%2e%2e%2fadmin", "?x=1&&y", "f[0]=1&g={}|~", "", "a=%zz"})
    void leavesTheQueryAsItIs(String query) throws WireException {
        var target = RequestTarget.parse("GET", "/public/a?" + query);

        assertThat(target.path()).isEqualTo("/public/a");
        assertThat(target.query()).isEqualTo(query);
    }

    @Test
    void tellsAnEmptyQueryFromNone() throws WireException {
        assertThat(RequestTarget.parse("GET", "/a").query()).isNull();
        assertThat(RequestTarget.parse("GET", "/a?").query()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     http://other.example/admin/a, other.example,      /admin/a",
        "GET,     HTTP://other.example,         other.example,      /",
        "GET,     https://other.example:8443/,  other.example:8443, /",
        "GET,     http://[2001:db8::1]:80/x,    [2001:db8::1]:80,   /x",
        "OPTIONS, http://other.example,         other.example,      *",
    })
    void takesAnAbsoluteTargetApart(String method, String raw, String authority, String path) throws WireException {
        var target = RequestTarget.parse(method, raw);

        assertThat(target.authority()).isEqualTo(authority);
        assertThat(target.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     *",
        "GET,     admin/a",
        "GET,     /a#/../admin",
        "GET,     http://user@host/admin",
        "GET,     http:///admin",
        "GET,     http://host:99999/admin",
        "GET,     http://host:x/admin",
        "GET,     ftp://host/admin",
        "CONNECT, host:443",
        "GET,     ?a",
    })
    void refusesWhatAGatewayCannotRoute(String method, String raw) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> RequestTarget.parse(method, raw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:99999", "a:-1", "user@a", "a/b", "[::1", "a,b:1:2", "a,b", "a%20b"})
    void knowsWhatIsNoAuthority(String text) {
        assertThat(RequestTarget.isAuthority(text)).isFalse();
    }
}
