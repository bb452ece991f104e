package dev.gatehouse.node.server.tls;

import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A caller that believes one authority and may have a certificate. It remembers its sessions, as browsers do. */
public final class TlsClient {

    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final SSLContext context;

    private TlsClient(int port, SSLContext context) {
        this.port = port;
        this.context = context;
    }

    public static TlsClient of(int port, Issued believed) {
        return new TlsClient(port, context(believed, List.of()));
    }

    static TlsClient of(int port, Issued believed, Issued own) {
        return new TlsClient(port, context(believed, List.of(new Stubborn(own))));
    }

    /** @throws IOException when the handshake fails */
    SSLSocket connect(String host) throws IOException {
        return connect(host, _ -> {});
    }

    /** @param host in SNI and to be found in the certificate; empty: no SNI, any certificate of the authority */
    SSLSocket connect(String host, Consumer<SSLParameters> more) throws IOException {
        var socket = open(host, more);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** With a session of {@code known}, if it has one, to {@code host}. */
    SSLSocket connectAs(String known, String host) throws IOException {
        var socket = open(known, parameters -> {
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setEndpointIdentificationAlgorithm("");
            parameters.setProtocols(new String[] {"TLSv1.2"});
        });
        socket.startHandshake();
        return socket;
    }

    /** @param header in clear text, before the handshake */
    SSLSocket connectBehind(String header, String host) throws IOException {
        var tcp = tcp();
        tcp.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
        var socket = over(tcp, host, _ -> {});
        socket.startHandshake();
        return socket;
    }

    private Socket tcp() throws IOException {
        var tcp = new Socket(InetAddress.getLoopbackAddress(), port);
        tcp.setSoTimeout(PATIENCE_MILLIS);
        return tcp;
    }

    /** Before its handshake. */
    SSLSocket open(String host, Consumer<SSLParameters> more) throws IOException {
        return over(tcp(), host, more);
    }

    private SSLSocket over(Socket tcp, String host, Consumer<SSLParameters> more) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, host, port, true);
        var parameters = socket.getSSLParameters();
        if (host.isEmpty()) {
            parameters.setServerNames(List.of());
        } else {
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        more.accept(parameters);
        socket.setSSLParameters(parameters);
        return socket;
    }

    public RawClient.Answer get(String host) {
        return get(host, host);
    }

    /** @param fields more of them, each with its line end */
    RawClient.Answer get(String serverName, String host, String... fields) {
        try (var client = new RawClient(connect(serverName))) {
            return get(client, host, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawClient.Answer get(RawClient client, String host, String... fields) {
        return client.send("GET / HTTP/1.1\nHost: " + host + "\n" + String.join("", fields) + "\n")
                .answer();
    }

    private static SSLContext context(Issued believed, List<KeyManager> own) {
        try {
            var store = store();
            store.setCertificateEntry("believed", believed.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(own.toArray(KeyManager[]::new), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
