package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;

/** HTTP-version: RFC 9112, 2.3. */
final class Version {

    private static final byte[] NAME = {'H', 'T', 'T', 'P', '/'};

    private static final String RULE = "the version must be HTTP/1.0 or HTTP/1.1";

    private Version() {}

    /**
     * The minor version.
     *
     * @return 0 or 1; a line always holds at least CR LF CR LF after it, so a short one fails on a byte, not on the end
     * @throws WireException when it is none of ours; {@link Refusal#VERSION_NOT_SUPPORTED} when it is a version at all,
     *     {@link WireException#foreign} when it names something else than HTTP
     */
    static int minor(byte[] bytes, int from) throws WireException {
        if (foreign(bytes, from)) {
            throw WireException.foreign(RULE);
        }
        int at = from;
        for (byte expected : NAME) {
            if (at == bytes.length || bytes[at++] != expected) {
                throw new WireException(RULE);
            }
        }
        if (at + 3 > bytes.length || !digit(bytes[at]) || bytes[at + 1] != '.' || !digit(bytes[at + 2])) {
            throw new WireException(RULE);
        }
        int minor = bytes[at + 2] - '0';
        if (bytes[at] != '1' || minor > 1) {
            throw new WireException(Refusal.VERSION_NOT_SUPPORTED, RULE);
        }
        return minor;
    }

    /** A last word that is none of ours: not what follows a blank in a target, and not HTTP misspelt. */
    private static boolean foreign(byte[] bytes, int from) {
        if (from == bytes.length || (bytes[from] | 0x20) == 'h') {
            return false;
        }
        int at = from;
        while (at < bytes.length && bytes[at] > ' ') {
            at++;
        }
        return at > from && at < bytes.length && bytes[at] == '\r';
    }

    private static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
