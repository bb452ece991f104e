package dev.gatehouse.deploy.demo.orders;

import static dev.gatehouse.deploy.demo.http.Client.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.demo.http.Client;
import dev.gatehouse.deploy.demo.http.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media types, methods, status codes and bounds. */
class GraphQlOverHttpTest {

    private static final String GRAPHQL = "application/graphql-response+json; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    private final OrdersServer server = OrdersServer.start("127.0.0.1", 0);
    private final Client client = new Client(server.port());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/graphql-response+json                              | application/graphql-response+json
            application/json                                               | application/json
            application/graphql-response+json, application/json;q=0.9      | application/graphql-response+json
            application/json;q=0.9, application/graphql-response+json;q=.8 | application/graphql-response+json
            application/json, application/graphql-response+json;q=0.5      | application/json
            */*, application/graphql-response+json;q=0                     | application/json
            text/html, */*;q=0.1                                           | application/graphql-response+json
            """)
    void answersInTheMediaTypeTheCallerLikesBest(String accept, String type) {
        var response = post("{__typename}", "Accept", accept);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(type + "; charset=utf-8");
    }

    @Test
    void refusesACallerWhoLikesNeitherMediaType() {
        assertThat(post("{__typename}", "Accept", "text/html").statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONSENSE                                                                            | 400
            {"query":                                                                           | 400
            []                                                                                  | 422
            {"qeury":"{__typename}"}                                                            | 422
            {"query":"{__typename}","variables":[7]}                                            | 422
            {"query":"{"}                                                                       | 400
            {"query":"{nothing}"}                                                               | 422
            {"query":"query A{__typename} query B{__typename}"}                                 | 422
            {"query":"query A{__typename}","operationName":"B"}                                 | 422
            {"query":"query($l:Int!){orders(limit:$l){id}}","variables":{"l":"many"}}           | 422
            {"query":"{orders(limit:0){id}}"}                                                   | 200
            {"query":"{__typename}","operationName":null,"variables":null,"more":"is ignored"}  | 200
            """)
    void answersWithTheStatusOfTheSpecification(String body, int status) {
        assertThat(client.postJson("/graphql", body, "Accept", GRAPHQL).statusCode())
                .isEqualTo(status);
        assertThat(client.postJson("/graphql", body, "Accept", JSON).statusCode())
                .isEqualTo(status);
    }

    @Test
    void givesALegacyCallerItsMediaTypeOnlyWithData() {
        assertThat(post("{__typename}", "Accept", "application/json").headers().firstValue("Content-Type"))
                .contains(JSON);
        assertThat(post("{nothing}", "Accept", "application/json").headers().firstValue("Content-Type"))
                .contains(GRAPHQL);
    }

    @Test
    void refusesABodyThatIsNotJson() {
        assertThat(client.send("POST", "/graphql", "{__typename}", "Content-Type", "application/graphql")
                        .statusCode())
                .isEqualTo(415);
        assertThat(client.send("POST", "/graphql", "{__typename}").statusCode()).isEqualTo(415);
    }

    @Test
    void answersAQueryInTheAddress() {
        var query = "query One($id:ID!){order(id:$id){id}} query Two{__typename}";
        var response = client.get("/graphql?query=" + URLEncoder.encode(query, UTF_8) + "&operationName=One&variables="
                + URLEncoder.encode("{\"id\":\"o-1003\"}", UTF_8));
        assertThat(json(response).at("/data/order/id").asString()).isEqualTo("o-1003");
        assertThat(client.get("/graphql?query=%7B__typename%7D&variables=%5B7%5D")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void changesNothingOnGet() {
        var mutation = "mutation{placeOrder(order:{customerId:3,lines:[{productId:\"p-301\"}]}){id}}";
        var refused = client.get("/graphql?query=" + URLEncoder.encode(mutation, UTF_8));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("POST");
        assertThat(json(post("{orders(limit:1){id}}")).at("/data/orders/0/id").asString())
                .isEqualTo("o-1012");
    }

    @Test
    void refusesADocumentThatIsTooDeep() {
        assertThat(errorOf(post(customersOrders(1, 7)))).isEqualTo("Query depth 16 exceeds maximum allowed depth 15");
    }

    @Test
    void refusesADocumentThatCouldAnswerWithTooMuch() {
        assertThat(errorOf(post("{orders(limit:100){customer{orders(limit:100){id lines{name}}}}}")))
                .isEqualTo("maximum query complexity exceeded 30201 > 5000");
        assertThat(errorOf(post(customersOrders(100, 6)))).startsWith("maximum query complexity exceeded");
    }

    @Test
    void answersAHundredOrdersWithEverythingInThem() {
        var everything =
                "{orders(limit:100){id status placedAt currency totalCents customer{id name} lines{productId name quantity unitCents totalCents}}}";
        assertThat(json(post(everything)).at("/data/orders").size()).isEqualTo(12);
    }

    @Test
    void answersTheIntrospectionThatToolsSend() {
        var type = "type{" + "kind name ofType{".repeat(9) + "name" + "}".repeat(9) + "}";
        var query = "{__schema{types{name fields{name args{name " + type + " defaultValue} " + type + "}}}}";
        var response = post(query);
        assertThat(response.body()).doesNotContain("errors");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static String customersOrders(int limit, int times) {
        return "{orders{" + ("customer{orders(limit:" + limit + "){").repeat(times) + "id" + "}}".repeat(times) + "}}";
    }

    private static String errorOf(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(422);
        return json(response).at("/errors/0/message").asString();
    }

    private HttpResponse<String> post(String query, String... headers) {
        return client.postJson("/graphql", Json.MAPPER.writeValueAsString(Map.of("query", query)), headers);
    }
}
