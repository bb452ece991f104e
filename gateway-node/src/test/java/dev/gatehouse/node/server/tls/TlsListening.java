package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.server.Deadlines;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that takes TLS with certificates of its own authority, and notes what it is asked. */
final class TlsListening implements AutoCloseable {

    final Issued root = Issued.authority("root");
    final ConcurrentLinkedQueue<Exchange> seen = new ConcurrentLinkedQueue<>();
    private final TlsHosts hosts = new TlsHosts(Secrets.NONE);
    private final HttpListener listener;

    TlsListening() {
        this(Duration.ofSeconds(10));
    }

    /** @param handshake how long one may take */
    TlsListening(Duration handshake) {
        this(ListenerSettings.of("127.0.0.1", 0).withDeadlines(Deadlines.DEFAULT.withHead(handshake)));
    }

    TlsListening(ListenerSettings settings) {
        this(settings, _ -> ok());
    }

    TlsListening(ListenerSettings settings, Handler answering) {
        Handler handler = exchange -> {
            seen.add(exchange);
            return answering.handle(exchange);
        };
        listener = HttpListener.start(settings, handler, _ -> {}, hosts);
    }

    static Response ok() {
        return new Response(
                200, Headers.of("Content-Type", "text/plain"), Body.of("ok".getBytes(StandardCharsets.US_ASCII)));
    }

    int port() {
        return listener.port();
    }

    TlsClient client() {
        return TlsClient.of(port(), root);
    }

    /** From now on those, each named after its first host. @return the problems */
    List<String> serving(Certificate... certificates) {
        var byName = new LinkedHashMap<String, Certificate>();
        for (var certificate : certificates) {
            byName.put(certificate.names().getFirst(), certificate);
        }
        return hosts.take(byName);
    }

    Certificate certificate(String... names) {
        return Configured.of(root.issue(names));
    }

    Certificate certificate(ClientCertificate kind, Issued authority, String... names) {
        return Configured.asking(root.issue(names), kind, authority);
    }

    @Override
    public void close() {
        listener.close();
    }
}
