package dev.gatehouse.db.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The spelling in which a node matches paths: what is not ASCII is percent-encoded, what needs no encoding is not. */
final class CanonicalText {

    private static final String UNRESERVED = "-._~";
    /** What a path may hold as it is, but for the star, which means something in a pattern. */
    private static final String PLAIN = "-._~!$&'()+,=:@[]|";

    private CanonicalText() {}

    /**
     * A whole path in its canonical spelling.
     *
     * @throws IllegalArgumentException when no node takes such a path; the message says why
     */
    static String path(String written) {
        var canonical = new StringBuilder(written.length());
        for (int from = 1; ; ) {
            int slash = written.indexOf('/', from);
            int end = slash < 0 ? written.length() : slash;
            if (end == from && slash >= 0) {
                throw new IllegalArgumentException("Two slashes in a row are not taken.");
            }
            canonical.append('/').append(segment(written.substring(from, end)));
            if (slash < 0) {
                return canonical.toString();
            }
            from = slash + 1;
        }
    }

    /**
     * One segment as it stands in a canonical path.
     *
     * @param written with characters beyond ASCII as they are, or percent-encoded
     * @throws IllegalArgumentException when no canonical path has such a segment; the message says why
     */
    static String segment(String written) {
        if (written.equals(".") || written.equals("..")) {
            throw new IllegalArgumentException("The segments . and .. are not taken, in no spelling.");
        }
        var canonical = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '%') {
                canonical.append(encoded(written, i));
                i += 2;
            } else if (letterOrDigit(c) || PLAIN.indexOf(c) >= 0) {
                canonical.append(c);
            } else if (c < 0x80) {
                throw new IllegalArgumentException(refusal(c));
            } else {
                int character = written.codePointAt(i);
                encode(character, canonical);
                i += Character.charCount(character) - 1;
            }
        }
        checkUtf8(canonical);
        return canonical.toString();
    }

    private static String refusal(char c) {
        if (c == '*') {
            return "A star stands only in /** and {name**}, at the end; any one segment is {name}.";
        }
        if (c == '?') {
            return "A path has no query; conditions on parameters stand under query.";
        }
        if (c == '\\' || c < ' ' || c == 0x7f) {
            return "A backslash or control character is in no path.";
        }
        return "The character '" + c + "' is written " + percent(c) + ".";
    }

    private static String encoded(String written, int at) {
        var text = written.substring(at, Math.min(written.length(), at + 3));
        int octet = text.matches("%[0-9A-Fa-f]{2}") ? Integer.parseInt(text.substring(1), 16) : -1;
        if (octet < 0) {
            throw new IllegalArgumentException("A percent sign is followed by two hexadecimal digits.");
        }
        if (octet == '/' || octet == '\\' || octet < ' ' || octet == 0x7f) {
            throw new IllegalArgumentException("No path holds " + text + ": such a request is refused.");
        }
        if (letterOrDigit((char) octet) || UNRESERVED.indexOf(octet) >= 0) {
            throw new IllegalArgumentException("Write " + (char) octet + " instead of " + text + ".");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static void encode(int character, StringBuilder to) {
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("Half a surrogate pair is no character.");
        }
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            to.append(percent(octet & 0xff));
        }
    }

    private static String percent(int octet) {
        return String.format(Locale.ROOT, "%%%02X", octet);
    }

    private static void checkUtf8(StringBuilder canonical) {
        if (canonical.indexOf("%") < 0) {
            return;
        }
        var octets = new byte[canonical.length()];
        int count = 0;
        for (int i = 0; i < canonical.length(); i++) {
            boolean encoded = canonical.charAt(i) == '%';
            octets[count++] = (byte) (encoded ? Integer.parseInt(canonical, i + 1, i + 3, 16) : canonical.charAt(i));
            i += encoded ? 2 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, count));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("An encoded character is not UTF-8.", e);
        }
    }
}
