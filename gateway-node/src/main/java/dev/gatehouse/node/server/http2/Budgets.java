package dev.gatehouse.node.server.http2;

/**
 * What a connection may do that costs the gateway more than the client.
 *
 * @param control frames that carry nothing; data that moves earns some, since a client answers it with such frames
 * @param resets streams that end before their time, at whose instance ever; every answer earns one
 */
record Budgets(Budget control, Budget resets) {

    Budgets() {
        this(new Budget(1000, 200), new Budget(2 * Limits.STREAMS, 50));
    }
}
