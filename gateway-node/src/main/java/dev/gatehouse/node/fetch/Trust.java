package dev.gatehouse.node.fetch;

import dev.gatehouse.db.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that believes the authorities of a setting and no others, or those of the platform. */
final class Trust {

    private Trust() {}

    /** @param pem checked certificates; empty: those of the platform */
    static SSLContext context(String pem) {
        try {
            if (pem.isEmpty()) {
                return SSLContext.getDefault();
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate : Pem.certificates(pem)) {
                store.setCertificateEntry("authority " + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("its trusted authorities cannot be used: " + e.getMessage(), e);
        }
    }
}
