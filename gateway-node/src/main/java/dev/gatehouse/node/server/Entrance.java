package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.server.http2.BodyMemory;
import dev.gatehouse.node.server.tls.TlsContext;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a connection of what Helidon has accepted. It must stay a listener's only selector: with two, Helidon reads the
 * first bytes itself, without a deadline and before a PROXY header was taken off.
 *
 * @param refused told of what is refused before the handler has seen it
 */
record Entrance(
        ListenerSettings settings,
        ExchangeReader reader,
        Handler handler,
        Consumer<Refusal> refused,
        Connections connections,
        BodyMemory memory)
        implements ServerConnectionSelector {

    /** HTTP/2 over TLS, as ALPN calls it: RFC 9113, 3.2. */
    static final String HTTP2 = "h2";

    /** For what never becomes an exchange. */
    Response refuse(Rejection rejection) {
        refused.accept(rejection.refusal());
        return Response.of(rejection);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    /** The preferred one first. */
    @Override
    public Set<String> supportedApplicationProtocols() {
        return new LinkedHashSet<>(List.of(HTTP2, "http/1.1"));
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var accepted = connections.of(context);
        return new HttpConnection(
                context, this, TlsContext.guarding(context, handler), accepted, Arrival.of(context, accepted.client()));
    }
}
