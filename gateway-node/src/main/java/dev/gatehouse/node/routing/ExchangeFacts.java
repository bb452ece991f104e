package dev.gatehouse.node.routing;

import dev.gatehouse.db.routing.RequestFacts;
import dev.gatehouse.node.exchange.Exchange;
import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What routes ask of an exchange. */
final class ExchangeFacts implements RequestFacts {

    private final Exchange exchange;
    private @Nullable Instant time;
    private double draw = -1;

    ExchangeFacts(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String host() {
        return exchange.authority();
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    public @Nullable String query() {
        return exchange.query();
    }

    @Override
    public @Nullable String header(String name) {
        var values = exchange.headers().all(name);
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> String.join(", ", values);
        };
    }

    @Override
    public InetAddress address() {
        return exchange.client().address();
    }

    @Override
    public Instant time() {
        if (time == null) {
            time = Instant.now();
        }
        return time;
    }

    @Override
    public double draw() {
        if (draw < 0) {
            draw = ThreadLocalRandom.current().nextDouble();
        }
        return draw;
    }
}
