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
     * @throws WireException when it is none of ours; {@link Refusal#VERSION_NOT_SUPPORTED} when it is a version at all
     */
    static int minor(byte[] bytes, int from) throws WireException {
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

    private static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
