package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.tls.Issued;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.server.Deadlines;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that takes TLS with certificates of its own authority, and notes what it is asked. */
final class TlsListening implements AutoCloseable {

    final Issued root = Issued.authority("root");
    final ConcurrentLinkedQueue<Exchange> seen = new ConcurrentLinkedQueue<>();
    private final TlsHosts hosts = new TlsHosts();
    private final HttpListener listener;

    TlsListening() {
        this(Duration.ofSeconds(10));
    }

    /** @param handshake how long one may take */
    TlsListening(Duration handshake) {
        var settings = ListenerSettings.of("127.0.0.1", 0).withDeadlines(Deadlines.DEFAULT.withHead(handshake));
        Handler handler = exchange -> {
            seen.add(exchange);
            return new Response(
                    200, Headers.of("Content-Type", "text/plain"), Body.of("ok".getBytes(StandardCharsets.US_ASCII)));
        };
        listener = HttpListener.start(settings, handler, hosts);
    }

    int port() {
        return listener.port();
    }

    TlsClient client() {
        return TlsClient.of(port(), root);
    }

    TlsListening serving(ServerCertificate... certificates) {
        try {
            hosts.take(List.of(certificates));
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ClientDemand demand(ClientDemand.Kind kind, Issued authority) {
        return new ClientDemand(kind, List.of(authority.certificate()));
    }

    ServerCertificate certificate(String... names) {
        return certificate(ClientDemand.NONE, names);
    }

    ServerCertificate certificate(ClientDemand demand, String... names) {
        return certificate(root.issue(names), demand, names);
    }

    static ServerCertificate certificate(Issued issued, ClientDemand demand, String... names) {
        List<X509Certificate> chain = issued.path().subList(0, issued.path().size() - 1);
        return new ServerCertificate(
                names[0], chain, issued.keys().getPrivate(), List.of(names), demand, Duration.ZERO, false);
    }

    @Override
    public void close() {
        listener.close();
    }
}
