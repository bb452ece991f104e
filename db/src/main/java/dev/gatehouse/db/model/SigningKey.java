package dev.gatehouse.db.model;

import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Sealed;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.tls.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;

/** A key with which the gateway tells services who is calling: ES256. Its public half is published where a route says. */
public record SigningKey(
        @Setting(
                label = "Private key",
                help =
                        "Of the curve P-256, in PEM. Empty: one is made when this is saved. It is stored encrypted and never shown.",
                optional = true,
                max = "20000",
                format = Format.PRIVATE_KEY)
        String privateKey,

        @Setting(
                label = "Issuer",
                help = "What tokens say in iss: the gateway's name to services.",
                fallback = "gatehouse",
                max = "500")
        String issuer)
        implements Entity, Checked {

    private static final int BITS = 256;
    private static final String CURVE = "secp256r1";

    /**
     * The same with its private key encrypted.
     *
     * @param before what is stored under the name: kept where no key is given
     * @throws SecretException when there is no secret key
     */
    public SigningKey sealed(String name, Secrets secrets, Optional<SigningKey> before) {
        if (Sealed.read(privateKey).isPresent()) {
            return this;
        }
        var kept = privateKey.isEmpty()
                ? before.map(SigningKey::privateKey).filter(text -> !text.isEmpty())
                : Optional.<String>empty();
        return new SigningKey(
                kept.orElseGet(() -> secrets.seal(
                                place(name),
                                privateKey.isEmpty()
                                        ? made()
                                        : Pem.privateKey(privateKey).getEncoded())
                        .toString()),
                issuer);
    }

    private static byte[] made() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + CURVE, e);
        }
    }

    /**
     * @throws SecretException when it cannot be decrypted; the message says why
     */
    public PrivateKey key(String name, Secrets secrets) {
        return Sealed.read(privateKey)
                .map(stored -> Pem.privateKey(secrets.open(place(name), stored)))
                .orElseGet(() -> Pem.privateKey(privateKey));
    }

    private static String place(String name) {
        return "signing key " + name;
    }

    @Override
    public List<Problem> problems() {
        boolean plain = !privateKey.isEmpty() && Sealed.read(privateKey).isEmpty();
        return plain
                        && !(Pem.privateKey(privateKey) instanceof ECPrivateKey key
                                && key.getParams().getCurve().getField().getFieldSize() == BITS)
                ? List.of(
                        new Problem(
                                "private-key",
                                "Must be a key of the curve P-256, such as the output of: openssl ecparam -name prime256v1 -genkey -noout."))
                : List.of();
    }

    /** Without the private key: this may end in a log. */
    @Override
    public String toString() {
        return "signing key of " + issuer;
    }
}
