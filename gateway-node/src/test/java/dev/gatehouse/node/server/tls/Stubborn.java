package dev.gatehouse.node.server.tls;

import dev.gatehouse.deploy.servers.Issued;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the one certificate it has, whoever is asked for. */
final class Stubborn extends X509ExtendedKeyManager {

    private final Issued own;

    Stubborn(Issued own) {
        this.own = own;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return "own";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return own.path().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return own.keys().getPrivate();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {"own"};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return null;
    }
}
