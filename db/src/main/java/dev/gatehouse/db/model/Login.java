package dev.gatehouse.db.model;

import dev.gatehouse.db.credential.CertificateSubject;
import dev.gatehouse.db.credential.LoginPassword;
import dev.gatehouse.db.credential.LoginProof;
import dev.gatehouse.db.credential.SharedSecret;
import dev.gatehouse.db.key.Passwords;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Sealed;
import dev.gatehouse.db.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a consumer proves itself with beside API keys: a password, a shared secret or a client certificate. */
public record Login(
        @Setting(label = "Consumer", help = "Who it is.", format = Format.NAME)
        String consumer,

        @Setting(
                label = "Scopes",
                help = "What it grants, such as orders:read, on routes that ask for scopes.",
                max = "100",
                format = Format.SCOPE)
        List<String> scopes,

        @Inline @Setting(label = "Proof", help = "With what it proves itself.")
        LoginProof proof)
        implements Entity {

    public Login {
        scopes = List.copyOf(scopes);
    }

    /** The user name of its password. */
    public String user(String name) {
        return proof instanceof LoginPassword password && !password.user().isEmpty() ? password.user() : name;
    }

    /**
     * The same as it is stored: of a password its hash, of a secret what encrypts it.
     *
     * @param before what is stored under the name; a password that it already fits keeps its hash
     * @throws SecretException when there is no secret key
     */
    public Login sealed(String name, Secrets secrets, Optional<Login> before) {
        return switch (proof) {
            case CertificateSubject _ -> this;
            case LoginPassword password ->
                Passwords.isHash(password.password())
                        ? this
                        : with(new LoginPassword(hash(password.password(), before), password.user()));
            case SharedSecret(var secret) ->
                Sealed.read(secret).isPresent()
                        ? this
                        : with(new SharedSecret(secrets.seal(place(name), secret.getBytes(StandardCharsets.UTF_8))
                                .toString()));
        };
    }

    private static String hash(String password, Optional<Login> before) {
        return before.map(Login::proof)
                .filter(LoginPassword.class::isInstance)
                .map(proof -> ((LoginPassword) proof).password())
                .filter(hash -> Passwords.matches(password, hash))
                .orElseGet(() -> Passwords.hash(password));
    }

    private Login with(LoginProof stored) {
        return new Login(consumer, scopes, stored);
    }

    /**
     * The shared secret itself; empty where it proves itself otherwise.
     *
     * @throws SecretException when it cannot be decrypted
     */
    public Optional<byte[]> secret(String name, Secrets secrets) {
        return proof instanceof SharedSecret(var text)
                ? Optional.of(Sealed.read(text)
                        .map(stored -> secrets.open(place(name), stored))
                        .orElseGet(() -> text.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static String place(String name) {
        return "login " + name;
    }
}
