package dev.gatehouse.deploy.servers;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate made on the spot, with its private key.
 *
 * @param path the certificate, then each one's issuer, the root included
 */
public record Issued(KeyPair keys, List<X509Certificate> path) {

    /**
     * What a certificate is to say.
     *
     * @param common the common name of the subject
     * @param names DNS names
     * @param usages object identifiers of the extended key usage; empty: no such extension
     */
    public record Wish(
            String common,
            List<String> names,
            KeyPair keys,
            Instant from,
            Instant until,
            boolean authority,
            List<String> usages) {

        /** From yesterday for a year, with a new P-256 key; the first name is the common name too. */
        public static Wish of(String... names) {
            var from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
            return new Wish(
                    names[0],
                    List.of(names),
                    Issued.keys("EC", 256),
                    from,
                    from.plus(Duration.ofDays(366)),
                    false,
                    List.of());
        }

        public Wish between(Instant begin, Instant end) {
            return new Wish(common, names, keys, begin, end, authority, usages);
        }

        public Wish with(KeyPair other) {
            return new Wish(common, names, other, from, until, authority, usages);
        }

        public Wish onlyFor(String... oids) {
            return new Wish(common, names, keys, from, until, authority, List.of(oids));
        }

        public Wish without() {
            return new Wish(common, List.of(), keys, from, until, authority, usages);
        }

        public Wish asAuthority() {
            return new Wish(common, List.of(), keys, from, until, true, usages);
        }
    }

    public static KeyPair keys(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A root. */
    public static Issued authority(String name) {
        return self(Wish.of(name).asAuthority());
    }

    /** Signed by itself. */
    public static Issued self(Wish wish) {
        var certificate = X509.write(wish, wish.common, wish.keys, wish.keys.getPrivate());
        return new Issued(wish.keys, List.of(certificate));
    }

    /** An intermediate authority. */
    public Issued below(String name) {
        return issue(Wish.of(name).asAuthority());
    }

    public Issued issue(String... names) {
        return issue(Wish.of(names));
    }

    public Issued issue(Wish wish) {
        var issuer = certificate().getSubjectX500Principal().getName().substring("CN=".length());
        var certificate = X509.write(wish, issuer, wish.keys, keys.getPrivate());
        return new Issued(
                wish.keys, Stream.concat(Stream.of(certificate), path.stream()).toList());
    }

    public X509Certificate certificate() {
        return path.getFirst();
    }

    /** In PEM, with its issuers but without the root, as servers send it. */
    public String chain() {
        return pem(path.subList(0, Math.max(1, path.size() - 1)));
    }

    /** In PEM, alone. */
    public String pem() {
        return pem(path.subList(0, 1));
    }

    /** PKCS#8 in PEM. */
    public String privateKey() {
        return block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    public static String pem(List<X509Certificate> certificates) {
        return certificates.stream().map(Issued::pem).collect(Collectors.joining());
    }

    private static String pem(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String block(String label, byte[] content) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    static X509Certificate read(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(java.security.PrivateKey key, byte[] content) {
        try {
            var signature = Signature.getInstance(
                    switch (key) {
                        case RSAPrivateKey _ -> "SHA256withRSA";
                        case ECPrivateKey _ -> "SHA256withECDSA";
                        default -> "Ed25519";
                    });
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
