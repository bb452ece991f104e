package dev.gatehouse.node.wire;

/** The character classes of RFC 9110 and RFC 3986, over octets. */
public final class Octets {

    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte UNRESERVED = 4;
    private static final byte PATH = 8;
    private static final byte HOST = 16;

    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            // obs-text included: a value is opaque and passes as it came
            if (c == '\t' || (c >= ' ' && c != 0x7f)) {
                CLASSES[c] |= VALUE;
            }
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
                CLASSES[c] |= TOKEN;
            }
            // reg-name but for the comma, at which some would cut
            if (alphanumeric || "._~!$&'()*+=-".indexOf(c) >= 0) {
                CLASSES[c] |= HOST;
            }
            if (alphanumeric || "-._~".indexOf(c) >= 0) {
                CLASSES[c] |= UNRESERVED | PATH;
            }
            // pchar, and the three that browsers send as they are
            if ("!$&'()*+,=:@[]|".indexOf(c) >= 0) {
                CLASSES[c] |= PATH;
            }
        }
    }

    private Octets() {}

    /** tchar: method and field names. */
    public static boolean token(int c) {
        return c >= 0 && c < 256 && (CLASSES[c] & TOKEN) != 0;
    }

    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!token(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean equal(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** An octet of a field value: anything but a control character. */
    public static boolean value(int c) {
        return c >= 0 && c < 256 && (CLASSES[c] & VALUE) != 0;
    }

    static boolean unreserved(int c) {
        return c >= 0 && c < 256 && (CLASSES[c] & UNRESERVED) != 0;
    }

    /** May stand in a path segment as it is; {@code ;} may not, see {@link CanonicalPath}. */
    static boolean path(int c) {
        return c >= 0 && c < 256 && (CLASSES[c] & PATH) != 0;
    }

    /** May stand in a host's name as it is. */
    static boolean host(int c) {
        return c >= 0 && c < 256 && (CLASSES[c] & HOST) != 0;
    }

    /** 0 to 15, or -1. */
    static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
