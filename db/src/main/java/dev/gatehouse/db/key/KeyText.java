package dev.gatehouse.db.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as its holder has it: {@code gk_<env>_<8 id><32 secret><6 crc>} in base62. The prefix is for secret scanners,
 * the CRC-32 refuses typing errors and garbage before any look-up, the id is what people see.
 *
 * @param text the whole key: a secret
 * @param id 8 characters, public
 */
public record KeyText(String text, String id) {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID = 8;
    private static final int SECRET = 32;
    private static final int CHECK = 6;
    private static final String PREFIX = "gk_";
    private static final int ENVIRONMENT = 16;
    private static final Pattern WITHIN = Pattern.compile("(gk_[a-z0-9]{1,16}_[0-9A-Za-z]{8})[0-9A-Za-z]{38}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A new key; its secret has 190 random bits.
     *
     * @param environment 1 to 16 lower-case letters and digits, such as {@code live}
     */
    public static KeyText create(String environment) {
        return create(environment, RANDOM);
    }

    static KeyText create(String environment, RandomGenerator random) {
        var text = new StringBuilder(PREFIX).append(environment).append('_');
        for (int i = 0; i < ID + SECRET; i++) {
            text.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        text.append(check(text.toString()));
        return read(text.toString())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + environment + "' is no environment: 1 to 16 lower-case letters and digits"));
    }

    /** Empty when the text is no key of ours, its check included. */
    public static Optional<KeyText> read(String text) {
        if (!isFormed(text)) {
            return Optional.empty();
        }
        int end = text.length() - CHECK;
        long rest = sum(text, end);
        for (int i = text.length() - 1; i >= end; i--) {
            if (text.charAt(i) != digit(rest)) {
                return Optional.empty();
            }
            rest /= BASE62.length();
        }
        int idAt = end - SECRET - ID;
        return Optional.of(new KeyText(text, text.substring(idAt, idAt + ID)));
    }

    /** A text that is to be kept, without the keys that stand in it: of each only what is public stays. */
    public static String conceal(String text) {
        return text.contains(PREFIX) ? WITHIN.matcher(text).replaceAll("$1***") : text;
    }

    /** Asked for each request, hence no regular expression. */
    private static boolean isFormed(String text) {
        int rest = text.length() - ID - SECRET - CHECK;
        int environment = rest - PREFIX.length() - 1;
        if (environment < 1 || environment > ENVIRONMENT || !text.startsWith(PREFIX) || text.charAt(rest - 1) != '_') {
            return false;
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean capital = i >= rest && c >= 'A' && c <= 'Z';
            if (!plain && !capital && i != rest - 1) {
                return false;
            }
        }
        return true;
    }

    private static String check(String text) {
        var digits = new char[CHECK];
        long rest = sum(text, text.length());
        for (int i = CHECK - 1; i >= 0; i--) {
            digits[i] = digit(rest);
            rest /= BASE62.length();
        }
        return new String(digits);
    }

    private static char digit(long rest) {
        return BASE62.charAt((int) (rest % BASE62.length()));
    }

    private static long sum(String text, int end) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII), 0, end);
        return crc.getValue();
    }

    /** Never the secret: this may end in a log. */
    @Override
    public String toString() {
        return "key " + id;
    }
}
