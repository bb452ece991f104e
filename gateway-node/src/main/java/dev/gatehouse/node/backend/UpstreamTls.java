package dev.gatehouse.node.backend;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service behind https is recognised, and what it is shown. Equal ones share connections and sessions.
 *
 * @param trust who may vouch for it; empty: whom the platform trusts
 * @param identity what it is shown when it asks; null for nothing
 * @param serverName asked for (SNI) and looked for in its certificate; empty: the host of its address
 * @param verify false takes any certificate for any name: whoever is in between can read along
 */
public record UpstreamTls(
        List<X509Certificate> trust, @Nullable Identity identity, String serverName, boolean verify) {

    /** As a browser does it. */
    public static final UpstreamTls PLATFORM = new UpstreamTls(List.of(), null, "", true);

    /** @param chain the key's certificate first, then each one's issuer */
    public record Identity(List<X509Certificate> chain, PrivateKey key) {

        public Identity {
            chain = List.copyOf(chain);
        }

        /** Without the key. */
        @Override
        public String toString() {
            return chain.getFirst().getSubjectX500Principal().getName();
        }
    }

    public UpstreamTls {
        trust = List.copyOf(trust);
    }
}
