package dev.gatehouse.node.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Vouches for services and for clients, in tests. */
final class Authority {

    private static final char[] PASSWORD = "for tests only".toCharArray();

    private final Path file;

    private Authority(Path file) {
        this.file = file;
    }

    /** @param folder where its keys are kept; one authority each */
    static Authority in(Path folder) {
        var authority = new Authority(folder.resolve("keys.p12"));
        authority.keytool("ca", "-ext", "bc:c");
        return authority;
    }

    /**
     * A key with a certificate.
     *
     * @param alias one that was not used yet
     * @param names as {@code ip:127.0.0.1} or {@code dns:users.example}
     */
    UpstreamTls.Identity issue(String alias, String names) {
        keytool(alias, "-signer", "ca", "-ext", "SAN=" + names);
        return identity(alias);
    }

    X509Certificate certificate() {
        return identity("ca").chain().getFirst();
    }

    /** What trusts this authority and nobody else. */
    UpstreamTls trusted() {
        return new UpstreamTls(List.of(certificate()), null, "", true);
    }

    /** For servers: shows that certificate, and believes clients that this authority vouches for. */
    SSLContext serving(UpstreamTls.Identity identity) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry(
                    "service", identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
            store.setCertificateEntry("ca", certificate());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
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
            ServerSocket server =
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            return (SSLServerSocket) server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private UpstreamTls.Identity identity(String alias) {
        try {
            var store = KeyStore.getInstance(file.toFile(), PASSWORD);
            var chain = Arrays.stream(store.getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .toList();
            return new UpstreamTls.Identity(chain, (PrivateKey) store.getKey(alias, PASSWORD));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String alias, String... more) {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(program, "-genkeypair", "-keyalg", "EC", "-alias", alias));
        command.addAll(
                List.of("-dname", "CN=" + alias, "-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        var log = file.resolveSibling(alias + ".log");
        try {
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
