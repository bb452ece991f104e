package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.wire.PeerChannel;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Makes a listener take TLS, and within it the protocols it is given. */
public final class TlsSelector implements ServerConnectionSelector {

    private final TlsHosts hosts;
    private final List<ServerConnectionSelector> inside;
    private final Duration handshake;
    private final Function<ConnectionContext, PeerChannel> channels;

    /**
     * @param inside what may be spoken, the preferred one first; the last is spoken with clients that have no ALPN
     * @param handshake how long one may take
     * @param channels what an accepted connection reads and writes
     */
    public TlsSelector(
            TlsHosts hosts,
            List<ServerConnectionSelector> inside,
            Duration handshake,
            Function<ConnectionContext, PeerChannel> channels) {
        this.hosts = hosts;
        this.inside = List.copyOf(inside);
        this.handshake = handshake;
        this.channels = channels;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    /** None: the negotiation is our own. */
    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new TlsConnection(context, channels.apply(context), hosts, inside, handshake);
    }
}
