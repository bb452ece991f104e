package dev.gatehouse.deploy.demo.orders;

import dev.gatehouse.deploy.demo.shop.Order;
import dev.gatehouse.deploy.demo.shop.OrderLine;
import dev.gatehouse.deploy.demo.shop.Product;
import dev.gatehouse.deploy.demo.shop.User;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The orders in memory, newest first. Above {@link #MOST} the oldest goes. */
final class Orders {

    static final int MOST = 1_000;
    static final int LONGEST_LIST = 100;

    private static final int MOST_LINES = 20;
    private static final int MOST_OF_ONE = 100;
    private static final int FIRST_NUMBER = 1_001;

    private final Deque<Order> newestFirst = new ArrayDeque<>();
    private final Map<String, Product> products;
    private final Map<String, User> customers;
    private final Clock clock;
    private int next;

    Orders(List<Order> oldestFirst, List<Product> products, List<User> customers, Clock clock) {
        oldestFirst.forEach(newestFirst::addFirst);
        this.products = products.stream().collect(Collectors.toMap(Product::id, Function.identity()));
        this.customers =
                customers.stream().collect(Collectors.toMap(user -> Integer.toString(user.id()), Function.identity()));
        this.clock = clock;
        this.next = FIRST_NUMBER + oldestFirst.size();
    }

    synchronized Optional<Order> find(String id) {
        return newestFirst.stream().filter(order -> order.id().equals(id)).findFirst();
    }

    synchronized List<Order> list(Predicate<Order> wanted, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            throw new RefusedOrderException("limit must be a number from 1 to " + LONGEST_LIST + ".");
        }
        return newestFirst.stream().filter(wanted).limit(limit).toList();
    }

    User customer(String id) {
        return Optional.ofNullable(customers.get(id))
                .orElseThrow(() -> new RefusedOrderException("There is no customer " + id + "."));
    }

    synchronized Order place(NewOrder wanted) {
        if (wanted.lines().isEmpty() || wanted.lines().size() > MOST_LINES) {
            throw new RefusedOrderException("An order has from 1 to " + MOST_LINES + " lines.");
        }
        var lines = wanted.lines().stream().map(this::line).toList();
        var order = new Order(
                "o-" + next,
                customer(wanted.customerId()).id(),
                Order.Status.PLACED,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "EUR",
                lines);
        next++;
        newestFirst.addFirst(order);
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
        return order;
    }

    private OrderLine line(NewOrder.Line wanted) {
        if (wanted.quantity() < 1 || wanted.quantity() > MOST_OF_ONE) {
            throw new RefusedOrderException("quantity must be a number from 1 to " + MOST_OF_ONE + ".");
        }
        var product = Optional.ofNullable(products.get(wanted.productId()))
                .orElseThrow(() -> new RefusedOrderException("There is no product " + wanted.productId() + "."));
        return new OrderLine(product.id(), product.name(), wanted.quantity(), product.priceCents());
    }
}
