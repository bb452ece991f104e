package dev.gatehouse.deploy.demo.orders;

import dev.gatehouse.deploy.demo.http.Json;
import dev.gatehouse.deploy.demo.shop.Order;
import dev.gatehouse.deploy.demo.shop.User;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.NaturalEnumValuesProvider;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** orders.graphqls, and where each of its fields comes from; what is not named here is a component of a record. */
final class OrdersSchema {

    private final Orders orders;

    OrdersSchema(Orders orders) {
        this.orders = orders;
    }

    GraphQLSchema schema() {
        try (var in = Objects.requireNonNull(OrdersSchema.class.getResourceAsStream("orders.graphqls"))) {
            return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(in), wiring());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RuntimeWiring wiring() {
        return RuntimeWiring.newRuntimeWiring()
                .type(TypeRuntimeWiring.newTypeWiring("Query")
                        .dataFetcher("order", this::order)
                        .dataFetcher("orders", this::orders))
                .type(TypeRuntimeWiring.newTypeWiring("Mutation").dataFetcher("placeOrder", this::placeOrder))
                .type(TypeRuntimeWiring.newTypeWiring("Order").dataFetcher("customer", this::customer))
                .type(TypeRuntimeWiring.newTypeWiring("Customer").dataFetcher("orders", this::ordersOfCustomer))
                .type(TypeRuntimeWiring.newTypeWiring("OrderStatus")
                        .enumValues(new NaturalEnumValuesProvider<>(Order.Status.class)))
                .build();
    }

    private @Nullable Order order(DataFetchingEnvironment call) {
        return orders.find(argument(call, "id", String.class)).orElse(null);
    }

    private List<Order> orders(DataFetchingEnvironment call) {
        var status = Optional.<Order.Status>ofNullable(call.getArgument("status"));
        return orders.list(
                order -> status.isEmpty() || order.status() == status.get(), argument(call, "limit", Integer.class));
    }

    private Order placeOrder(DataFetchingEnvironment call) {
        return orders.place(Json.MAPPER.convertValue(argument(call, "order", Map.class), NewOrder.class));
    }

    private User customer(DataFetchingEnvironment call) {
        return orders.customer(Integer.toString(source(call, Order.class).customerId()));
    }

    private List<Order> ordersOfCustomer(DataFetchingEnvironment call) {
        var customer = source(call, User.class).id();
        return orders.list(order -> order.customerId() == customer, argument(call, "limit", Integer.class));
    }

    private static <T> T argument(DataFetchingEnvironment call, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(call.<Object>getArgument(name), name));
    }

    private static <T> T source(DataFetchingEnvironment call, Class<T> type) {
        return type.cast(Objects.requireNonNull(call.<Object>getSource()));
    }
}
