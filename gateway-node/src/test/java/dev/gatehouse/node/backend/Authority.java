package dev.gatehouse.node.backend;

import dev.gatehouse.deploy.servers.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Vouches for services and for clients, in tests. */
final class Authority {

    private static final char[] NO_PASSWORD = {};

    private final Issued root;

    Authority(String name) {
        root = Issued.authority(name);
    }

    /** A key with a certificate for those DNS names. */
    UpstreamTls.Identity issue(String... names) {
        var issued = root.issue(names);
        return new UpstreamTls.Identity(issued.path(), issued.keys().getPrivate());
    }

    X509Certificate certificate() {
        return root.certificate();
    }

    /** What trusts this authority and nobody else. */
    UpstreamTls trusted() {
        return new UpstreamTls(List.of(certificate()), null, "", true);
    }

    /** For servers: shows that certificate, and believes clients that this authority vouches for. */
    SSLContext serving(UpstreamTls.Identity identity) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(
                    "service", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
            store.setCertificateEntry("authority", certificate());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On a free port of 127.0.0.1. */
    static SSLServerSocket listen(SSLContext context) {
        try {
            var server = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            return (SSLServerSocket) server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
