package dev.gatehouse.console.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.listing.Answer;
import dev.gatehouse.console.listing.Answer.Step;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {

    private final Map<String, Route> routes = new HashMap<>();
    private final Lookup lookup = new Lookup(InstantSource.system());

    private void route(String name, String match) {
        var yaml = "routes: { " + name + ": { match: " + match + ", public: true, reply: {} } }";
        var document = Objects.requireNonNull(Yaml.read(yaml).document());
        routes.putAll(document.routes());
        lookup.over(new Snapshot(Map.of(), routes, Map.of(), Map.of()));
    }

    private Answer answer(String text) {
        return lookup.answer(text).orElseThrow();
    }

    private String told(String text) {
        return answer(text).parts().getFirst().sentence();
    }

    @BeforeEach
    void users() {
        route("users", "{path: '/users/{id}', methods: [GET]}");
        route("beta", "{path: '/users/{id}', methods: [GET], headers: [{name: x-beta, is: 'yes'}]}");
        route("posts", "{path: /posts, methods: [POST]}");
    }

    @Test
    void namesTheRouteThatTakesARequestBeforeThoseThatDoNot() {
        var answer = answer("GET /users/7?page=2");

        assertThat(answer.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.sentence()).isEqualTo("Route users takes GET /users/7?page=2."))
                .satisfies(part -> assertThat(part.steps())
                        .containsExactly(
                                new Step("beta", "asks for header x-beta: yes"), new Step("users", "takes it")));
        assertThat(answer.names()).containsExactly("users", "beta");
    }

    @Test
    void tellsARouteThatWouldBeNext() {
        route("rest", "{path: /**}");

        assertThat(answer("/users/7").parts().getFirst().steps())
                .endsWith(new Step("users", "takes it"), new Step("rest", "would take it next"));
    }

    @Test
    void tellsAnUnknownPathFromAnotherMethod() {
        assertThat(told("/orders")).isEqualTo("No route takes GET /orders: none has its host and path.");
        assertThat(told("DELETE /users/7"))
                .isEqualTo("No route takes DELETE /users/7; it would be taken with GET, HEAD.");
        assertThat(answer("DELETE /users/7").parts().getFirst().word()).isEqualTo("405");
    }

    @Test
    void saysThatAllRoutesAskForMore() {
        route("secret", "{path: /secret, cookies: [{name: a}]}");

        assertThat(told("/secret")).isEqualTo("No route takes GET /secret: each asks for more.");
    }

    @Test
    void asksWithTheMethodThatIsTakenWhereNoneIsSaid() {
        assertThat(told("/posts")).isEqualTo("Route posts takes POST /posts.");
    }

    @Test
    void answersForEachHostWhereNoneIsSaid() {
        route("shop", "{path: /users/**, hosts: [shop.example.com]}");
        route("tenants", "{path: /users/**, hosts: ['*.example.com']}");

        assertThat(answer("/users/7").parts())
                .extracting(Answer.Part::sentence)
                .containsExactly(
                        "Route tenants takes GET /users/7 on *.example.com.",
                        "Route shop takes GET /users/7 on shop.example.com.",
                        "Route users takes GET /users/7 on any other host.");
        assertThat(told("https://shop.example.com:8443/users/7"))
                .isEqualTo("Route shop takes GET http://shop.example.com:8443/users/7.");
    }

    @Test
    void saysWhyNoNodeTakesSuchARequest() {
        assertThat(told("GET /a/%zz")).startsWith("No node takes such a request.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "key", "/api/**", "/users/{id}", "GET", "60/1m"})
    void leavesTextToBeSearchedFor(String text) {
        assertThat(lookup.answer(text)).isEmpty();
    }
}
