package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.exchange.Handler;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A connection after its handshake, as the protocol inside sees it. */
public final class TlsContext implements ConnectionContext {

    /** RFC 5280, 4.2.1.6: rfc822Name, dNSName, uniformResourceIdentifier. */
    private static final Set<Object> NAMES = Set.of(1, 2, 6);

    private final ConnectionContext plain;
    private final TlsSocket socket;
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

    /** The alternative names of the verified client certificate that are DNS names, e-mail addresses or URIs; none without. */
    public List<String> names() {
        if (client.isEmpty()) {
            return List.of();
        }
        try {
            Collection<List<?>> all = client.get().getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name ->
                                    name.size() > 1 && NAMES.contains(name.get(0)) && name.get(1) instanceof String)
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A connection's requests on their way to a handler: over TLS, only those that the connection is good for. */
    public static Handler guarding(ConnectionContext context, Handler handler) {
        return context instanceof TlsContext tls ? new SameHost(tls.hosts, tls.demand, tls.client, handler) : handler;
    }

    void finish() {
        socket.finish();
    }

    /** Waits for the next byte; false at the end. */
    public boolean await() throws IOException {
        return socket.await();
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    public int read(byte[] target, int offset, int length) throws IOException {
        return socket.read(target, offset, length);
    }

    /** The same, but 0 when nothing has come. */
    public int readNow(byte[] target, int offset, int length) throws IOException {
        return socket.readNow(target, offset, length);
    }

    /** What can be read without waiting. */
    public int available() {
        return socket.available();
    }

    /** All that remains. */
    public void write(ByteBuffer source) throws IOException {
        socket.write(source);
    }

    @Override
    public DataReader dataReader() {
        throw new UnsupportedOperationException(TlsSocket.ELSEWHERE);
    }

    @Override
    public DataWriter dataWriter() {
        throw new UnsupportedOperationException(TlsSocket.ELSEWHERE);
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
