package dev.gatehouse.db.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTextTest {

    @Test
    void readsMethodHostPathAndQuery() {
        assertThat(RequestText.of("GET https://api.example.com:8443/users/7?x=1"))
                .isEqualTo(new RequestText("GET", "api.example.com:8443", "/users/7", "x=1"));
        assertThat(RequestText.of("POST /users/")).isEqualTo(new RequestText("POST", "", "/users/", null));
        assertThat(RequestText.of("GET http://[::1]?")).isEqualTo(new RequestText("GET", "[::1]", "/", ""));
    }

    @Test
    void spellsThePathAsNodesDo() {
        assertThat(RequestText.of("GET /caf\u00e9/a%2b").path()).isEqualTo("/caf%C3%A9/a%2B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "/users",
                "get /users",
                "GET  /users",
                "GET users",
                "GET ftp://a/",
                "GET http://",
                "GET //a",
                "GET /a//b",
                "GET /a/../b",
                "GET /a%2Fb",
                "GET /a#b",
                "GET /a b",
                "GET ?x=1"
            })
    void refusesWhatIsNoRequest(String text) {
        assertThat(RequestText.problem(text)).isPresent();
    }
}
