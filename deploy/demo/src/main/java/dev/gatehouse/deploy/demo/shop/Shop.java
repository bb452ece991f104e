package dev.gatehouse.deploy.demo.shop;

import dev.gatehouse.deploy.demo.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The data every start begins with; the ids of one list are used in the next. */
public final class Shop {

    private Shop() {}

    public static List<User> users() {
        return List.of(read("users.json", User[].class));
    }

    public static List<Product> products() {
        return List.of(read("products.json", Product[].class));
    }

    /** Oldest first. */
    public static List<Order> orders() {
        return List.of(read("orders.json", Order[].class));
    }

    private static <T> T read(String name, Class<T> type) {
        try (var in = Objects.requireNonNull(Shop.class.getResourceAsStream(name), name)) {
            return Json.MAPPER.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
