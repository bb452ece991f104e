package dev.gatehouse.db.settings;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret as it is stored and exported: {@code sealed:v1:<base64>}.
 *
 * @param version which secret key sealed it, from 1
 * @param base64 what {@link dev.gatehouse.db.key.Secrets} made of it
 */
public record Sealed(int version, String base64) {

    private static final Pattern FORM = Pattern.compile("sealed:v([1-9][0-9]{0,5}):([A-Za-z0-9+/]{40,}={0,2})");

    /** Empty when the text is not sealed. */
    public static Optional<Sealed> read(String text) {
        var match = FORM.matcher(text.strip());
        return match.matches()
                ? Optional.of(new Sealed(Integer.parseInt(match.group(1)), match.group(2)))
                : Optional.empty();
    }

    public static Sealed of(int version, byte[] bytes) {
        return new Sealed(version, Base64.getEncoder().encodeToString(bytes));
    }

    /** @throws IllegalArgumentException when it is no base64 */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        return "sealed:v" + version + ":" + base64;
    }
}
