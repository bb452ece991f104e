package dev.gatehouse.node.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of a path. Routes are matched, rights checked and requests forwarded on these same bytes; a path
 * that a server behind could read in a second way has none and is refused, never repaired.
 */
public sealed interface CanonicalPath {

    /** @param path begins with a slash; canonical again to the same text */
    record Path(String path) implements CanonicalPath {}

    /** @param reason one plain sentence, without the path */
    record Ambiguous(String reason) implements CanonicalPath {}

    /**
     * Percent-encodings of unreserved characters are decoded, hexadecimal digits are in upper case (RFC 3986, 6.2.2);
     * everything else stays as it is.
     *
     * @param raw without the query
     */
    static CanonicalPath of(String raw) {
        if (!raw.startsWith("/")) {
            return new Ambiguous("A path begins with a slash.");
        }
        if (plain(raw)) {
            return segments(raw);
        }
        var canonical = new StringBuilder(raw.length());
        var decoded = new byte[raw.length()];
        int count = 0;
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int octet = octet(raw, i);
                if (octet < 0) {
                    return new Ambiguous("A percent sign is followed by two hexadecimal digits.");
                }
                var refusal = refusal(octet);
                if (refusal != null) {
                    return refusal;
                }
                if (Octets.unreserved(octet)) {
                    canonical.append((char) octet);
                } else {
                    canonical.append('%').append(digit(octet >> 4)).append(digit(octet & 15));
                    encoded = true;
                }
                decoded[count++] = (byte) octet;
                i += 2;
            } else if (c == '/' || Octets.path(c)) {
                canonical.append(c);
                decoded[count++] = (byte) c;
            } else {
                return raw(c);
            }
        }
        if (encoded && !utf8(decoded, count)) {
            return new Ambiguous("An encoded character is not UTF-8.");
        }
        return segments(canonical.toString());
    }

    /** Nothing to decode and nothing to refuse, as nearly all paths. */
    private static boolean plain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '/' && !Octets.path(c)) {
                return false;
            }
        }
        return true;
    }

    private static CanonicalPath segments(String path) {
        for (int start = 1; start < path.length(); ) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            if (end == start) {
                return new Ambiguous("Two slashes in a row are not taken.");
            }
            if (path.charAt(start) == '.'
                    && (end == start + 1 || (end == start + 2 && path.charAt(start + 1) == '.'))) {
                return new Ambiguous("The segments . and .. are not taken, in no spelling.");
            }
            start = end + 1;
        }
        return new Path(path);
    }

    private static Ambiguous raw(char c) {
        return new Ambiguous(
                switch (c) {
                    case ';' -> "Path parameters are not taken: a semicolon is written %3B.";
                    case '\\' -> "A backslash is not taken.";
                    default -> "A character is not allowed in a path; percent-encode it.";
                });
    }

    private static @Nullable Ambiguous refusal(int octet) {
        return switch (octet) {
            case '/' -> new Ambiguous("An encoded slash is not taken.");
            case '\\' -> new Ambiguous("A backslash is not taken.");
            default ->
                octet < ' ' || octet == 0x7f ? new Ambiguous("An encoded control character is not taken.") : null;
        };
    }

    private static int octet(String raw, int at) {
        if (at + 2 >= raw.length()) {
            return -1;
        }
        int high = Octets.hex(raw.charAt(at + 1));
        int low = Octets.hex(raw.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, 16));
    }

    /** Java's decoder refuses overlong forms and surrogates, the two ways to hide a dot or a slash. */
    private static boolean utf8(byte[] bytes, int count) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
