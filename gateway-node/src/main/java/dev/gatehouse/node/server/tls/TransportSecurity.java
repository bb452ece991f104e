package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;

/**
 * What a host's certificate says of requests that may not have come over TLS: they are redirected to https, or refused
 * where callers have to show a certificate; browsers are told to keep to https (RFC 6797). What counts is how the client
 * connected, to us or to a trusted proxy.
 */
public final class TransportSecurity implements Handler {

    /** Certificate authorities ask here over http, and take a redirect for a failure when there is no certificate yet: RFC 8555, 8.3. */
    private static final String ACME = "/.well-known/acme-challenge/";

    private static final int HTTPS = 443;

    private final Handler next;
    private final TlsHosts hosts;
    private final int port;

    /** @param port of https, as clients see it */
    public TransportSecurity(Handler next, TlsHosts hosts, int port) {
        this.next = next;
        this.hosts = hosts;
        this.port = port;
    }

    @Override
    public Response handle(Exchange exchange) {
        var found = hosts.of(exchange.authority());
        if (found.isEmpty()) {
            return next.handle(exchange);
        }
        var tls = found.get();
        var certificate = tls.configured();
        boolean secure = exchange.scheme().equals("https");
        if (!secure && certificate.redirect() && !exchange.path().startsWith(ACME)) {
            return redirect(exchange);
        }
        if (tls.requiresClient() && exchange.client().subject() == null) {
            return Rejection.of(Refusal.MISDIRECTED, "This host takes requests with a client certificate only.")
                    .toResponse();
        }
        var response = next.handle(exchange);
        if (secure && certificate.hsts().isPositive()) {
            response.headers()
                    .set(
                            "Strict-Transport-Security",
                            "max-age=" + certificate.hsts().toSeconds());
        }
        return response;
    }

    private Response redirect(Exchange exchange) {
        var target = "https://" + TlsHosts.host(exchange.authority()) + (port == HTTPS ? "" : ":" + port)
                + (exchange.path().equals("*") ? "/" : exchange.path())
                + (exchange.query() == null ? "" : "?" + exchange.query());
        return new Response(308, Headers.of("Location", target), Body.empty());
    }
}
