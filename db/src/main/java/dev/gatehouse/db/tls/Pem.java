package dev.gatehouse.db.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads RFC 7468 texts. What stands between the blocks is passed over, as tools like to write comments there. */
public final class Pem {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*+(?:-(?!----)[^-]*+)*+)-----END \\1-----");
    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    private record Block(String label, String content) {

        byte[] bytes() {
            try {
                return Base64.getDecoder().decode(content.replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                throw new PemException(
                        "What stands between BEGIN " + label + " and END " + label + " is no base64.", e);
            }
        }
    }

    /**
     * All certificates of the text, in its order; at least one.
     *
     * @throws PemException also when there is anything but certificates: a private key in this place would be stored as it is
     */
    public static List<X509Certificate> certificates(String text) {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks(text)) {
            if (!block.label.equals(CERTIFICATE)) {
                throw new PemException("Only certificates may stand here, not a " + block.label + ".");
            }
            certificates.add(certificate(block, certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw new PemException("Must be certificates in PEM, each between -----BEGIN CERTIFICATE----- and"
                    + " -----END CERTIFICATE-----.");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(Block block, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException e) {
            throw new PemException("Certificate " + number + " cannot be read as X.509.", e);
        }
    }

    /**
     * The one private key of the text: PKCS#8, or the older forms of RSA (PKCS#1) and EC (SEC 1).
     *
     * @throws PemException also when the key is encrypted with a passphrase
     */
    public static PrivateKey privateKey(String text) {
        var keys = blocks(text).stream()
                .filter(block -> !block.label.equals("EC PARAMETERS"))
                .toList();
        if (keys.size() != 1) {
            throw new PemException(
                    "Must be one private key in PEM, between -----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY-----.");
        }
        var block = keys.getFirst();
        if (block.label.equals("ENCRYPTED PRIVATE KEY") || block.content.contains("ENCRYPTED")) {
            throw new PemException("The private key is encrypted with a passphrase; remove it first, such as with:"
                    + " openssl pkey -in key.pem");
        }
        return privateKey(
                switch (block.label) {
                    case "PRIVATE KEY" -> block.bytes();
                    case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(block.bytes());
                    case "EC PRIVATE KEY" -> Der.pkcs8OfEc(block.bytes());
                    default -> throw new PemException("Must be a private key, not a " + block.label + ".");
                });
    }

    /** @param pkcs8 DER */
    public static PrivateKey privateKey(byte[] pkcs8) {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // of another algorithm, or told below
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has " + algorithm, e);
            }
        }
        throw new PemException("The private key cannot be read as an RSA, EC, Ed25519 or Ed448 key.");
    }

    private static List<Block> blocks(String text) {
        if (text.chars().anyMatch(letter -> Character.isISOControl(letter) && !Character.isWhitespace(letter))) {
            throw new PemException("Must be a text without control characters.");
        }
        var blocks = new ArrayList<Block>();
        var match = BLOCK.matcher(text);
        while (match.find()) {
            blocks.add(new Block(match.group(1), match.group(2)));
        }
        if (BOUNDARY.matcher(text).results().count() != 2L * blocks.size()) {
            throw new PemException("Each -----BEGIN …----- must have its own -----END …----- behind it.");
        }
        return blocks;
    }
}
