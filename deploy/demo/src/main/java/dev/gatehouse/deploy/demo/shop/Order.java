package dev.gatehouse.deploy.demo.shop;

import java.time.Instant;
import java.util.List;

/** @param currency ISO 4217 */
public record Order(
        String id, int customerId, Status status, Instant placedAt, String currency, List<OrderLine> lines) {

    public enum Status {
        PLACED,
        PAID,
        SHIPPED,
        DELIVERED,
        CANCELLED
    }

    public Order {
        lines = List.copyOf(lines);
    }

    public int totalCents() {
        return lines.stream().mapToInt(OrderLine::totalCents).sum();
    }
}
