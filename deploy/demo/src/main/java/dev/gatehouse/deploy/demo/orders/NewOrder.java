package dev.gatehouse.deploy.demo.orders;

import java.util.List;

/** The input of placeOrder; the schema has already checked that everything is there. */
record NewOrder(String customerId, List<Line> lines) {

    record Line(String productId, int quantity) {}
}
