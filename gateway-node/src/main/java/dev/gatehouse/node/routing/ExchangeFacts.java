package dev.gatehouse.node.routing;

import dev.gatehouse.db.recognition.RecognisedFacts;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What routes ask of an exchange. */
final class ExchangeFacts extends RecognisedFacts {

    private final Exchange exchange;
    private final String method;
    private final Function<Headers, Optional<Caller>> callers;
    private @Nullable Instant time;
    private double draw = -1;

    /**
     * @param method as if it had that one
     * @param callers finds who holds the key among the fields
     */
    ExchangeFacts(
            Exchange exchange, String method, Recognition recognition, Function<Headers, Optional<Caller>> callers) {
        super(recognition);
        this.exchange = exchange;
        this.method = method;
        this.callers = callers;
    }

    @Override
    public String host() {
        return exchange.authority();
    }

    @Override
    public String method() {
        return method;
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
            default -> String.join(name.equalsIgnoreCase("Cookie") ? "; " : ", ", values);
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

    /** Asked of the key table at most twice: for the client's type, and for whoever calls a version. */
    @Override
    public @Nullable String consumer() {
        return callers.apply(exchange.headers()).map(Caller::consumer).orElse(null);
    }

    @Override
    public @Nullable String subject() {
        return exchange.client().subject();
    }
}
