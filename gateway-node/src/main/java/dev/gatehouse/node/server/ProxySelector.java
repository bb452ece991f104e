package dev.gatehouse.node.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Set;

/**
 * Takes the PROXY header off each connection before anything else of it is read, its TLS handshake included. How long
 * that may take is for {@link Connections} to say.
 */
record ProxySelector(ServerConnectionSelector inside, Connections connections) implements ServerConnectionSelector {

    @Override
    public int bytesToIdentifyConnection() {
        return inside.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return inside.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return inside.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var accepted = connections.of(context);
        try {
            // off the channel itself, not a byte more than the header
            var said = ProxyHeader.read(Channels.newInputStream(accepted.channel()));
            if (said != null && !connections.claim(accepted, said)) {
                throw new CloseConnectionException("too many connections of one client");
            }
        } catch (IOException e) {
            throw new CloseConnectionException("no PROXY header", e);
        }
        return inside.connection(context);
    }
}
