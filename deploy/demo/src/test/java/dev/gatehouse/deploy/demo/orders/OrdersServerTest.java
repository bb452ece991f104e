package dev.gatehouse.deploy.demo.orders;

import static dev.gatehouse.deploy.demo.http.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.demo.http.Client;
import dev.gatehouse.deploy.demo.http.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OrdersServerTest {

    private static final String PLACE =
            "mutation($order:NewOrder!){placeOrder(order:$order){id status totalCents customer{name} lines{name quantity}}}";

    private final OrdersServer server = OrdersServer.start("127.0.0.1", 0);
    private final Client client = new Client(server.port());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void knowsOneOrderById() {
        var order = ask("{order(id:\"o-1001\"){status placedAt totalCents lines{name totalCents}}}")
                .at("/data/order");
        assertThat(order.get("status").asString()).isEqualTo("DELIVERED");
        assertThat(order.get("placedAt").asString()).isEqualTo("2026-01-12T08:15:30Z");
        assertThat(order.get("totalCents").asInt()).isEqualTo(38_700);
        assertThat(order.at("/lines/1/name").asString()).isEqualTo("Dry bag, 13 l");
        assertThat(ask("{order(id:\"o-9\"){id}}").at("/data/order").isNull()).isTrue();
    }

    @Test
    void listsTheNewestFirst() {
        assertThat(ask("{orders(limit:3){id}}").at("/data/orders").findValuesAsString("id"))
                .containsExactly("o-1012", "o-1011", "o-1010");
        assertThat(ask("{orders(status:PAID){id}}").at("/data/orders").findValuesAsString("id"))
                .containsExactly("o-1011", "o-1010");
    }

    @Test
    void followsAnOrderToItsCustomerAndTheirOrders() {
        var customer = ask("{order(id:\"o-1002\"){customer{name orders{id}}}}").at("/data/order/customer");
        assertThat(customer.get("name").asString()).isEqualTo("Ingrid Solheim");
        assertThat(customer.findValuesAsString("id")).containsExactly("o-1012", "o-1002");
    }

    @Test
    void placesAnOrderAndKeepsIt() {
        var placed = place(3, List.of(Map.of("productId", "p-301"), Map.of("productId", "p-402", "quantity", 3)))
                .at("/data/placeOrder");
        assertThat(placed.get("id").asString()).isEqualTo("o-1013");
        assertThat(placed.get("status").asString()).isEqualTo("PLACED");
        assertThat(placed.get("totalCents").asInt()).isEqualTo(10_200);
        assertThat(placed.findValuesAsString("quantity")).containsExactly("1", "3");
        assertThat(ask("{orders(limit:1){id}}").at("/data/orders/0/id").asString())
                .isEqualTo("o-1013");
    }

    @ParameterizedTest
    @CsvSource({
        "99, p-301, 1, There is no customer 99.",
        "3, p-999, 1, There is no product p-999.",
        "3, p-301, 0, quantity must be a number from 1 to 100.",
        "3, p-301, 101, quantity must be a number from 1 to 100."
    })
    void refusesAnOrderThatCannotBe(int customer, String product, int quantity, String rule) {
        var refused = place(customer, List.of(Map.of("productId", product, "quantity", quantity)));
        assertThat(refused.at("/errors/0/message").asString()).isEqualTo(rule);
        assertThat(refused.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(ask("{orders(limit:1){id}}").at("/data/orders/0/id").asString())
                .isEqualTo("o-1012");
    }

    @Test
    void refusesAnOrderWithoutLinesAndAListWithoutEnd() {
        assertThat(place(3, List.of()).at("/errors/0/message").asString())
                .isEqualTo("An order has from 1 to 20 lines.");
        assertThat(ask("{orders(limit:101){id}}").at("/errors/0/message").asString())
                .isEqualTo("limit must be a number from 1 to 100.");
    }

    @Test
    void showsItsSchema() {
        var types = ask("{__schema{types{name}}}").at("/data/__schema/types").findValuesAsString("name");
        assertThat(types).contains("Order", "OrderLine", "OrderStatus", "NewOrder");
    }

    private JsonNode ask(String query) {
        return json(client.postJson("/graphql", Json.MAPPER.writeValueAsString(Map.of("query", query))));
    }

    private JsonNode place(int customer, List<Map<String, Object>> lines) {
        var variables = Map.of("order", Map.of("customerId", customer, "lines", lines));
        return json(client.postJson(
                "/graphql", Json.MAPPER.writeValueAsString(Map.of("query", PLACE, "variables", variables))));
    }
}
