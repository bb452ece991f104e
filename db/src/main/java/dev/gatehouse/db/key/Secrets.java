package dev.gatehouse.db.key;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.settings.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Encrypts secrets before they are stored: AES-256-GCM under the keys beside the database. Equal secrets in equal places
 * give equal texts, so that applying a file twice changes nothing; the nonce is a code of what is sealed (as in RFC 5297).
 */
public final class Secrets {

    /** Without any key: nothing can be sealed or opened. */
    public static final Secrets NONE = new Secrets(Map.of());

    private static final Pattern ENTRY = Pattern.compile("([1-9][0-9]{0,5}):([A-Za-z0-9+/]+={0,2})");

    private final TreeMap<Integer, SecretKeys> keys;

    /** @param keys 32 bytes each, by version from 1 */
    private Secrets(Map<Integer, SecretKeys> keys) {
        this.keys = new TreeMap<>(keys);
    }

    /** Those that {@code GATEHOUSE_SECRET_KEY} names; {@link #NONE} when it is not set. */
    public static Secrets of(Environment environment) {
        return environment.text(Variable.GATEHOUSE_SECRET_KEY).isEmpty()
                ? NONE
                : environment.made(Variable.GATEHOUSE_SECRET_KEY, Secrets::read);
    }

    /**
     * @param text such as {@code 1:BASE64,2:BASE64}
     * @throws IllegalArgumentException with the rule, never with the text
     */
    public static Secrets read(String text) {
        var keys = new TreeMap<Integer, SecretKeys>();
        for (var entry : text.split(",", -1)) {
            var match = ENTRY.matcher(entry.strip());
            if (!match.matches()) {
                throw new IllegalArgumentException("it must be NUMBER:BASE64, or several of them with commas between,"
                        + " each number from 1 to 999999");
            }
            int version = Integer.parseInt(match.group(1));
            if (keys.put(version, new SecretKeys(bytes(version, match.group(2)))) != null) {
                throw new IllegalArgumentException("number " + version + " stands there twice");
            }
        }
        return new Secrets(keys);
    }

    private static byte[] bytes(int version, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + version + " is no base64", e);
        }
        if (bytes.length != SecretKeys.LENGTH) {
            throw new IllegalArgumentException("key " + version + " has " + bytes.length + " bytes; it must have "
                    + SecretKeys.LENGTH + ", such as the output of: openssl rand -base64 32");
        }
        return bytes;
    }

    /**
     * @param place what the secret belongs to; it opens only with the same
     * @throws SecretException when there is no key
     */
    public Sealed seal(String place, byte[] secret) {
        if (keys.isEmpty()) {
            throw new SecretException("A private key is stored only encrypted, and there is nothing to encrypt it with:"
                    + " set GATEHOUSE_SECRET_KEY, such as to 1: and the output of openssl rand -base64 32.");
        }
        var newest = keys.lastEntry();
        return Sealed.of(newest.getKey(), newest.getValue().seal(bytes(place), secret));
    }

    /** @throws SecretException when the key is not there or is another one, when the text was altered, or belongs elsewhere */
    public byte[] open(String place, Sealed sealed) {
        var key = keys.get(sealed.version());
        if (key == null) {
            throw new SecretException("The stored private key was encrypted with key " + sealed.version()
                    + ", which GATEHOUSE_SECRET_KEY does not hold"
                    + (keys.isEmpty() ? "; it is not set." : "; it holds " + versions() + "."));
        }
        return key.open(bytes(place), sealed);
    }

    private String versions() {
        return String.join(", ", keys.keySet().stream().map(String::valueOf).toList());
    }

    private static byte[] bytes(String place) {
        return place.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the keys: this may end in a log. */
    @Override
    public String toString() {
        return "secret keys " + versions();
    }
}
