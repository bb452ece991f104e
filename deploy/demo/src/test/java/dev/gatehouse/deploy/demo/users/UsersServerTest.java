package dev.gatehouse.deploy.demo.users;

import static dev.gatehouse.deploy.demo.http.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.demo.http.Client;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersServerTest {

    private static final String VERA = """
            {"name":"Vera Brandt","email":"vera@example.com","city":"Kiel","country":"DE"}""";

    private final UsersServer server = UsersServer.start("127.0.0.1", 0);
    private final Client client = new Client(server.port());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void listsTheFirstUsersAndSaysHowManyThereAre() {
        var page = json(client.get("/users?limit=3"));
        assertThat(page.get("users").size()).isEqualTo(3);
        assertThat(page.at("/users/0/name").asString()).isEqualTo("Ada Lindqvist");
        assertThat(page.get("total").asInt()).isEqualTo(12);
    }

    @Test
    void knowsOneUserById() {
        var user = client.get("/users/7");
        assertThat(user.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(user).get("name").asString()).isEqualTo("Zofia Nowak");
        assertThat(json(user).get("since").asString()).isEqualTo("2023-02-03");
    }

    @Test
    void keepsAnAddedUserUntilItIsRemoved() {
        var added = client.postJson("/users", VERA);
        var location = added.headers().firstValue("Location").orElseThrow();
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(location).isEqualTo("/users/13");
        assertThat(json(client.get(location)).get("name").asString()).isEqualTo("Vera Brandt");

        assertThat(client.send("DELETE", location, "").statusCode()).isEqualTo(204);
        assertThat(client.get(location).statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", location, "").statusCode()).isEqualTo(404);
    }

    @Test
    void dropsTheOldestAddedUserWhenItIsFullAndNeverOneOfTheShop() {
        IntStream.rangeClosed(13, Users.MOST + 1).forEach(_ -> client.postJson("/users", VERA));

        assertThat(json(client.get("/users")).get("total").asInt()).isEqualTo(Users.MOST);
        assertThat(client.get("/users/13").statusCode()).isEqualTo(404);
        assertThat(client.get("/users/14").statusCode()).isEqualTo(200);
        assertThat(client.get("/users/1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"email":"a@b.se","city":"Kiel","country":"DE"}                            | name must be a text of 1 to 100 characters.
            {"name":"A","email":"nobody","city":"Kiel","country":"DE"}                 | email must be an address like ada@example.com.
            {"name":"A","email":"a@b.se","city":"Kiel","country":"Germany"}            | country must be two capital letters (ISO 3166), like SE.
            {"name":"A","email":"a@b.se","city":"Kiel","country":"DE","admin":true}    | admin is not known here.
            {"name":["A"],"email":"a@b.se","city":"Kiel","country":"DE"}               | name has the wrong type.
            """)
    void refusesAUserThatBreaksARuleAndSaysWhich(String body, String rule) {
        var refused = client.postJson("/users", body);
        assertThatProblem(refused, 422, rule);
        assertThat(json(client.get("/users")).get("total").asInt()).isEqualTo(12);
    }

    @Test
    void refusesABodyThatIsNoJsonOrTooLarge() {
        assertThat(client.postJson("/users", "{\"name\":").statusCode()).isEqualTo(400);
        assertThat(client.postJson("/users", "\"" + "x".repeat(70_000) + "\"").statusCode())
                .isEqualTo(413);
        assertThat(client.send("POST", "/users", VERA, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void explainsWhatIsNotThereAsAProblem() {
        assertThatProblem(client.get("/users/99"), 404, "There is no user 99.");
        assertThatProblem(client.get("/users/ada"), 404, "Nothing is at /users/ada.");
        assertThatProblem(client.get("/nowhere"), 404, "Nothing is at /nowhere.");
        assertThatProblem(client.get("/users?limit=0"), 400, "limit must be a number from 1 to 1000.");
    }

    @Test
    void saysWhichMethodsAreAllowed() {
        var refused = client.send("PUT", "/users/1", VERA);
        assertThatProblem(refused, 405, "Allowed here: GET, HEAD, DELETE, OPTIONS.");
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, DELETE, OPTIONS");

        var options = client.send("OPTIONS", "/users", "");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
    }

    @Test
    void answersHeadWithTheLengthOfWhatGetWouldSend() {
        var get = client.get("/users/1");
        var head = client.send("HEAD", "/users/1", "");
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    private static void assertThatProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
        assertThat(json(response).get("detail").asString()).isEqualTo(detail);
    }
}
