package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.exchange.Handler;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A connection after its handshake, as the protocol inside sees it. */
public final class TlsContext implements ConnectionContext {

    private final ConnectionContext plain;
    private final TlsSocket socket;
    private final DataReader reader;
    private final DataWriter writer;
    private final TlsHosts hosts;
    private final ClientDemand demand;
    private final Optional<String> serverName;
    private final Optional<X509Certificate> client;

    TlsContext(
            ConnectionContext plain,
            TlsSocket socket,
            TlsHosts hosts,
            ClientDemand demand,
            Optional<String> serverName,
            Optional<X509Certificate> client) {
        this.plain = plain;
        this.socket = socket;
        this.hosts = hosts;
        this.demand = demand;
        this.serverName = serverName;
        this.client = client;
        reader = DataReader.create(socket);
        writer = SocketWriter.create(socket);
    }

    /** The host asked for, in lower case; null when none was. */
    public @Nullable String serverName() {
        return serverName.orElse(null);
    }

    /** Whom the verified client certificate is for (RFC 2253); null without. */
    public @Nullable String subject() {
        return client.map(certificate -> certificate.getSubjectX500Principal().getName(X500Principal.RFC2253))
                .orElse(null);
    }

    /** A connection's requests on their way to a handler: over TLS, only those that the connection is good for. */
    public static Handler guarding(ConnectionContext context, Handler handler) {
        return context instanceof TlsContext tls ? new SameHost(tls.hosts, tls.demand, tls.client, handler) : handler;
    }

    void finish() {
        socket.finish();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public ListenerContext listenerContext() {
        return plain.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return plain.executor();
    }

    @Override
    public Router router() {
        return plain.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return plain.proxyProtocolData();
    }

    @Override
    public PeerInfo remotePeer() {
        return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }
}
