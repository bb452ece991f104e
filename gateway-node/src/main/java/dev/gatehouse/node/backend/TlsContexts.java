package dev.gatehouse.node.backend;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One context for all services with the same settings: it remembers sessions, so that they are resumed. */
final class TlsContexts {

    /** Of a key store that never leaves the memory. */
    private static final char[] NO_PASSWORD = {};

    private final ConcurrentHashMap<UpstreamTls, SSLContext> contexts = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when there can be none with these settings */
    SSLContext of(UpstreamTls settings) {
        return contexts.computeIfAbsent(settings, TlsContexts::create);
    }

    /** Forgets all others; who asks for one of them again gets it, without its sessions. */
    void keep(Set<UpstreamTls> used) {
        contexts.keySet().retainAll(used);
    }

    int size() {
        return contexts.size();
    }

    private static SSLContext create(UpstreamTls settings) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(settings.identity()), trust(settings), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("its TLS settings cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(UpstreamTls.@Nullable Identity identity)
            throws GeneralSecurityException, IOException {
        if (identity == null) {
            return null;
        }
        var store = emptyStore();
        store.setKeyEntry(
                "client", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(UpstreamTls settings) throws GeneralSecurityException, IOException {
        if (!settings.verify()) {
            return new TrustManager[] {new Anybody()};
        }
        if (settings.trust().isEmpty()) {
            return null;
        }
        var store = emptyStore();
        for (var certificate : settings.trust()) {
            store.setCertificateEntry("authority " + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Where the settings say not to verify. The extended kind: any other is wrapped in one that checks again. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
