package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The second socket, for operators and load balancers: {@code GET /live}, {@code GET /ready} and {@code GET /metrics}. */
public final class AdminListener implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 64;

    private final Supplier<Readiness> readiness;
    private final Supplier<Response> metrics;
    private final HttpListener listener;
    private volatile boolean draining;

    private AdminListener(String host, int port, Supplier<Readiness> readiness, Supplier<Response> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
        var settings = ListenerSettings.of(host, port).withMaxConnections(MAX_CONNECTIONS, MAX_CONNECTIONS);
        listener = HttpListener.start(settings, this::answer);
    }

    /**
     * @param host a loopback address, unless the operator says otherwise
     * @throws IllegalStateException when the address cannot be bound; the message says why
     */
    public static AdminListener start(
            String host, int port, Supplier<Readiness> readiness, Supplier<Response> metrics) {
        return new AdminListener(host, port, readiness, metrics);
    }

    public int port() {
        return listener.port();
    }

    /** From now on {@code /ready} answers 503 draining, whatever the supplier says. Call it before a listener stops. */
    public void drain() {
        draining = true;
    }

    public void stop(Duration grace) {
        listener.stop(grace);
    }

    @Override
    public void close() {
        listener.close();
    }

    private Response answer(Exchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            return Rejection.of(Refusal.METHOD_NOT_ALLOWED, "The admin port takes GET and HEAD.")
                    .with("Allow", "GET, HEAD")
                    .toResponse();
        }
        return switch (exchange.path()) {
            case "/live" -> json(200, new Json().text("state", "live").toString());
            case "/ready" -> ready();
            case "/metrics" -> metrics.get();
            default ->
                Rejection.of(Refusal.NO_ROUTE, "The admin port has /live, /ready and /metrics.")
                        .toResponse();
        };
    }

    private Response ready() {
        var said = readiness.get();
        boolean ready = said.ready() && !draining;
        var checks = said.checks().stream()
                .map(check -> new Json()
                        .text("name", check.name())
                        .flag("ok", check.ok())
                        .text("detail", check.detail())
                        .toString())
                .collect(Collectors.joining(",", "[", "]"));
        var body = new Json()
                .text("state", draining ? "draining" : said.state())
                .number("revision", said.revision())
                .raw("checks", checks);
        return json(ready ? 200 : 503, body.toString());
    }

    private static Response json(int status, String text) {
        var headers = Headers.of("Content-Type", "application/json", "Cache-Control", "no-store");
        return new Response(status, headers, Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
