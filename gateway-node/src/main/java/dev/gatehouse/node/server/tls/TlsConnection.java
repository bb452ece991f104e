package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.wire.PeerChannel;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** One connection: the handshake within its time, then the protocol that was agreed on, then a goodbye. */
final class TlsConnection implements ServerConnection {

    private static final System.Logger LOG = System.getLogger(TlsConnection.class.getName());

    /** How long a goodbye may take that the client does not read. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private static final byte[] PLAIN_HTTP = """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain\r
            Content-Length: 31\r
            Connection: close\r
            \r
            This port takes https, not http""".getBytes(StandardCharsets.US_ASCII);

    private final ConnectionContext plain;
    private final PeerChannel peer;
    private final TlsHosts hosts;
    private final List<ServerConnectionSelector> inside;
    private final Duration within;
    private volatile boolean closing;
    private volatile @Nullable ServerConnection spoken;

    TlsConnection(
            ConnectionContext plain,
            PeerChannel peer,
            TlsHosts hosts,
            List<ServerConnectionSelector> inside,
            Duration within) {
        this.plain = plain;
        this.peer = peer;
        this.hosts = hosts;
        this.inside = inside;
        this.within = within;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            var context = establish();
            if (context.isPresent()) {
                speak(context.get(), limit);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.TRACE, "TLS connection ended", e);
        }
    }

    /** Empty when there is to be no connection; the client was told why. */
    private Optional<TlsContext> establish() throws IOException {
        try (var _ = Deadline.in(within, this::cut)) {
            var incoming = new Incoming(peer);
            var hello = hello(incoming);
            if (hello.isEmpty()) {
                return Optional.empty();
            }
            if (hello.get().fallback()) {
                return refuse(Alert.INAPPROPRIATE_FALLBACK);
            }
            var tls = hosts.live().answering(hello.get());
            if (tls.isEmpty()) {
                return refuse(Alert.UNRECOGNIZED_NAME);
            }
            var engine = tls.get().engine(protocols()).orElse(null);
            if (engine == null) {
                return refuse(Alert.INTERNAL_ERROR);
            }
            var socket = new TlsSocket(plain, peer, engine, incoming);
            socket.handshake();
            return Optional.of(new TlsContext(
                    plain, socket, hosts, tls.get().demand(), hello.get().serverName(), client(engine)));
        }
    }

    private Optional<TlsContext> refuse(Alert alert) throws IOException {
        write(alert.bytes());
        return Optional.empty();
    }

    private Optional<ClientHello> hello(Incoming incoming) throws IOException {
        try {
            while (incoming.bytes().remaining() < ClientHello.MAX && incoming.more()) {
                if (Character.isUpperCase(incoming.bytes().get(0))) {
                    write(PLAIN_HTTP);
                    return Optional.empty();
                }
                var hello = ClientHello.read(incoming.bytes());
                if (hello.isPresent()) {
                    return hello;
                }
            }
            return Optional.empty();
        } catch (ClientHello.MalformedException e) {
            LOG.log(Level.TRACE, "refused", e);
            write(Alert.DECODE_ERROR.bytes());
            return Optional.empty();
        }
    }

    /** What was proved in this handshake, or in the one that is resumed: then its time may be over by now. */
    private static Optional<X509Certificate> client(SSLEngine engine) throws IOException {
        try {
            var leaf = (X509Certificate) engine.getSession().getPeerCertificates()[0];
            leaf.checkValidity();
            return Optional.of(leaf);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        } catch (CertificateException e) {
            engine.getSession().invalidate();
            throw new IOException("the client's certificate is over", e);
        }
    }

    private void speak(TlsContext context, Limit limit) throws InterruptedException {
        var connection = selected(context.serverSocket().protocol()).connection(context);
        spoken = connection;
        if (closing) {
            connection.close(false);
        }
        try {
            connection.handle(limit);
        } finally {
            try (var _ = Deadline.in(GOODBYE, this::cut)) {
                context.finish();
            }
        }
    }

    private List<String> protocols() {
        return inside.stream()
                .flatMap(selector -> selector.supportedApplicationProtocols().stream())
                .toList();
    }

    private ServerConnectionSelector selected(String protocol) {
        return inside.stream()
                .filter(selector -> selector.supportedApplicationProtocols().contains(protocol))
                .findFirst()
                .orElse(inside.getLast());
    }

    private void write(byte[] bytes) throws IOException {
        peer.write(ByteBuffer.wrap(bytes));
    }

    private void cut() {
        try {
            plain.serverSocket().close();
        } catch (UncheckedIOException e) {
            // the peer was faster
        }
    }

    @Override
    public Duration idleTime() {
        var connection = spoken;
        return connection == null ? Duration.ZERO : connection.idleTime();
    }

    /** A handshake that runs is given up: no request of it was taken. */
    @Override
    public void close(boolean interrupt) {
        closing = true;
        var connection = spoken;
        if (connection == null) {
            cut();
        } else {
            connection.close(interrupt);
        }
    }
}
