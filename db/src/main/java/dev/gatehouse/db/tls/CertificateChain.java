package dev.gatehouse.db.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate and those that vouch for it.
 *
 * @param certificates the leaf, then each one's issuer; at least one
 */
public record CertificateChain(List<X509Certificate> certificates) {

    private static final int DNS_NAME = 2;
    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    public CertificateChain {
        certificates = List.copyOf(certificates);
    }

    /** @throws PemException with a sentence that says what is wrong */
    public static CertificateChain of(String pem) {
        return new CertificateChain(Pem.certificates(pem));
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    /** RFC 4514. */
    public String subject() {
        return leaf().getSubjectX500Principal().getName();
    }

    /** RFC 4514. */
    public String issuer() {
        return leaf().getIssuerX500Principal().getName();
    }

    /** SHA-256 of the leaf's public key, in hex. */
    public String fingerprint() {
        try {
            var sum = MessageDigest.getInstance("SHA-256")
                    .digest(leaf().getPublicKey().getEncoded());
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public Validity validity() {
        return new Validity(
                certificates.stream()
                        .map(certificate -> certificate.getNotBefore().toInstant())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN),
                certificates.stream()
                        .map(certificate -> certificate.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.MAX));
    }

    /** The DNS names of the leaf's subject alternative name, lower case. The common name does not count (RFC 9110, 4.3.4). */
    public List<String> names() {
        try {
            return Optional.ofNullable(leaf().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** May the leaf stand for a server? Without an extended key usage it may stand for anything. */
    public boolean isForServers() {
        try {
            var usages = leaf().getExtendedKeyUsage();
            return usages == null || usages.contains(FOR_SERVERS) || usages.contains(FOR_ANYTHING);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** What is wrong with the order, a signature or a key; a sentence. What depends on the time is in {@link #validity}. */
    public Optional<String> problem() {
        for (int i = 0; i + 1 < certificates.size(); i++) {
            var issued = certificates.get(i);
            var issuer = certificates.get(i + 1);
            if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                return Optional.of("Certificate " + (i + 2) + " must be the issuer of certificate " + (i + 1)
                        + ": the leaf comes first, then each one's issuer.");
            }
            if (issuer.getBasicConstraints() < 0) {
                return Optional.of("Certificate " + (i + 2) + " issued certificate " + (i + 1)
                        + " but may not issue any: it is no certificate authority.");
            }
            if (!isSigned(issued, issuer.getPublicKey())) {
                return Optional.of(
                        "Certificate " + (i + 1) + " does not bear the signature of certificate " + (i + 2) + ".");
            }
        }
        return weakness(leaf().getPublicKey());
    }

    private static boolean isSigned(X509Certificate issued, PublicKey issuer) {
        try {
            issued.verify(issuer);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<String> weakness(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> atLeast(2_048, rsa.getModulus(), "RSA");
            case ECPublicKey ec -> atLeast(256, ec.getParams().getOrder(), "EC");
            case EdECPublicKey _ -> Optional.empty();
            default -> Optional.of("The key must be RSA, EC, Ed25519 or Ed448, not " + key.getAlgorithm() + ".");
        };
    }

    private static Optional<String> atLeast(int bits, BigInteger size, String algorithm) {
        return size.bitLength() >= bits
                ? Optional.empty()
                : Optional.of("The " + algorithm + " key has " + size.bitLength() + " bits; it must have at least "
                        + bits + ".");
    }

    /** Does that private key belong to the leaf? Found out by a signature. */
    public boolean fits(PrivateKey key) {
        var algorithm = leaf().getPublicKey() instanceof EdECPublicKey
                ? "EdDSA"
                : leaf().getPublicKey() instanceof ECPublicKey ? "SHA256withECDSA" : "SHA256withRSA";
        var challenge = new byte[32];
        new SecureRandom().nextBytes(challenge);
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(challenge);
            var signed = signature.sign();
            signature.initVerify(leaf().getPublicKey());
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
