package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.HeaderValue;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cases of the Gateway API's RequestHeaderModifier and ResponseHeaderModifier. */
class HeaderEditsTest {

    private static final HeaderValue SET = new HeaderValue("X-Header-Set", "set-overwrites-values");
    private static final HeaderValue APPEND = new HeaderValue("X-Header-Add", "add-appends-values");

    @Test
    void setsAHeaderThatWasNotThere() {
        assertThat(request(List.of(SET), List.of(), List.of()).all("x-header-set"))
                .containsExactly("set-overwrites-values");
    }

    @Test
    void setsAHeaderInPlaceOfAllOfItsName() {
        assertThat(request(List.of(SET), List.of(), List.of(), "X-Header-Set", "a", "x-header-SET", "b")
                        .all("X-Header-Set"))
                .containsExactly("set-overwrites-values");
    }

    @Test
    void appendsAHeaderThatWasNotThere() {
        assertThat(request(List.of(), List.of(APPEND), List.of()).all("X-Header-Add"))
                .containsExactly("add-appends-values");
    }

    @Test
    void appendsBehindThoseOfTheName() {
        assertThat(request(List.of(), List.of(APPEND), List.of(), "x-header-add", "some-other-value")
                        .all("X-Header-Add"))
                .containsExactly("some-other-value", "add-appends-values");
    }

    @Test
    void removesWithoutRegardToCase() {
        var left =
                request(List.of(), List.of(), List.of("X-Header-Remove", "other"), "x-HEADER-remove", "v", "Kept", "1");
        assertThat(left.contains("X-Header-Remove")).isFalse();
        assertThat(left.first("Kept")).contains("1");
    }

    @Test
    void doesAllThreeAtOnce() {
        var changed = request(
                List.of(SET),
                List.of(APPEND),
                List.of("X-Header-Remove"),
                "X-Header-Set",
                "1",
                "X-Header-Add",
                "2",
                "X-Header-Remove",
                "3");
        assertThat(changed)
                .hasToString(Headers.of(
                                "X-Header-Add",
                                "2",
                                "X-Header-Set",
                                "set-overwrites-values",
                                "X-Header-Add",
                                "add-appends-values")
                        .toString());
    }

    @Test
    void fillsInWhatIsKnownOfTheRequest() {
        var exchange = Exchanges.get("/users/caf%C3%A9");
        exchange.route("users", name -> name.equals("id") ? "caf%C3%A9" : null);
        exchange.caller(new Caller("shop", "abcdefgh"));
        var value = new HeaderValue("X-Who", "{id} {consumer} {client.address} {host} {request.id} {{x}}");
        new HeaderEdits(List.of(value), List.of(), List.of()).ofRequests().filter(exchange, _ -> ok());
        assertThat(exchange.headers().first("X-Who"))
                .contains("caf%C3%A9 shop 203.0.113.5 api.example:8443 request-1 {x}");
    }

    @Test
    void fillsInNothingWhereNobodyIsKnown() {
        var exchange = Exchanges.get("/");
        var value = new HeaderValue("X-Who", "[{consumer}]");
        new HeaderEdits(List.of(value), List.of(), List.of()).ofRequests().filter(exchange, _ -> ok());
        assertThat(exchange.headers().first("X-Who")).contains("[]");
    }

    @Test
    void changesTheAnswerAndNotTheRequest() {
        var exchange = Exchanges.get("/", "Server", "client");
        var answer = new HeaderEdits(List.of(SET), List.of(APPEND), List.of("server"))
                .ofResponses()
                .filter(exchange, _ -> ok("Server", "nginx", "X-Header-Add", "1"));
        assertThat(answer.headers().contains("Server")).isFalse();
        assertThat(answer.headers().first("X-Header-Set")).contains("set-overwrites-values");
        assertThat(answer.headers().all("X-Header-Add")).containsExactly("1", "add-appends-values");
        assertThat(exchange.headers().first("Server")).contains("client");
    }

    private static Headers request(
            List<HeaderValue> set, List<HeaderValue> append, List<String> remove, String... sent) {
        var exchange = Exchanges.get("/", sent);
        new HeaderEdits(set, append, remove).ofRequests().filter(exchange, _ -> ok());
        return exchange.headers();
    }

    private static Response ok(String... headers) {
        return new Response(200, Headers.of(headers), Body.empty());
    }
}
