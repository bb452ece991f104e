package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;

/** A secret that both sides know and that signs requests. */
@Named(
        value = "shared-secret",
        label = "Shared secret",
        help = "Signs requests (RFC 9421, hmac-sha256); the login's name is the keyid.")
@Shorthand("secret")
public record SharedSecret(
        @Setting(
                label = "Secret",
                help = "At least 32 characters. It is stored encrypted and never shown.",
                max = "2000",
                format = Format.SECRET)
        String secret)
        implements LoginProof {

    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "shared secret";
    }
}
