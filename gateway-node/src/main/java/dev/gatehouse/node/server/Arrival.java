package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.server.tls.TlsContext;
import io.helidon.webserver.ConnectionContext;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the connection itself says of a request, whatever stands in its fields.
 *
 * @param client as whom it shows the caller
 * @param peer who opened the connection, or what a trusted proxy's PROXY line said of it
 * @param secure whether it came over TLS
 * @param serverName the name asked for in TLS (SNI), in lower case; null without
 */
record Arrival(
        Client client,
        InetAddress peer,
        boolean secure,
        @Nullable String serverName) {

    /** @param subject the subject of the verified client certificate (RFC 2253); null without */
    Arrival(InetAddress peer, boolean secure, @Nullable String serverName, @Nullable String subject) {
        this(new Client(peer, secure ? "https" : "http", subject), peer, secure, serverName);
    }

    private static Arrival of(TlsContext tls, InetAddress peer) {
        return new Arrival(new Client(peer, "https", tls.subject(), tls.names()), peer, true, tls.serverName());
    }

    static Arrival of(ConnectionContext context, InetAddress peer) {
        return context instanceof TlsContext tls ? of(tls, peer) : new Arrival(peer, false, null, null);
    }
}
