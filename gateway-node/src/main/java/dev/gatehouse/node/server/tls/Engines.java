package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.tls.CertificateChain;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The server side of TLS with one certificate. Each has a context of its own, and with it sessions and tickets of its
 * own: what a client proved to one host cannot be resumed at another.
 */
final class Engines {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** TLS 1.2 only with forward secrecy and authenticated encryption; AES-128 first, for speed. */
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1"};

    /** A resumed session is not validated anew: so long at most a client's certificate is believed after its check. */
    private static final int SESSION_SECONDS = 3_600;

    private final ClientDemand demand;
    private final SSLContext context;

    /** @throws GeneralSecurityException when they do not belong together or are of no use to the JDK */
    Engines(CertificateChain chain, PrivateKey key, ClientDemand demand) throws GeneralSecurityException {
        if (!chain.fits(key)) {
            throw new GeneralSecurityException("The private key does not belong to the certificate.");
        }
        this.demand = demand;
        context = SSLContext.getInstance("TLS");
        context.init(shown(chain, key), believed(demand.authorities()), null);
        context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    }

    /** @param protocols for ALPN, the preferred one first */
    SSLEngine engine(List<String> protocols) {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        switch (demand.kind()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case OPTIONAL -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static KeyManager[] shown(CertificateChain chain, PrivateKey key) throws GeneralSecurityException {
        var store = emptyStore();
        var password = new char[0];
        store.setKeyEntry("host", key, password, chain.certificates().toArray(Certificate[]::new));
        // of the JDK's two kinds the one that does not look at dates: an expired certificate is shown, and told of
        var keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    /** The JDK's PKIX validation, clientAuth among the extended key usages included, without revocation. */
    private static TrustManager[] believed(List<X509Certificate> authorities) throws GeneralSecurityException {
        if (authorities.isEmpty()) {
            return new TrustManager[0];
        }
        var store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), authorities.get(i));
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }
}
