package dev.gatehouse.node.wire;

/** HTTP-version: RFC 9112, 2.3. */
final class Version {

    private static final byte[] NAME = {'H', 'T', 'T', 'P', '/', '1', '.'};

    private Version() {}

    /** @return 0 or 1; a line always holds at least CR LF CR LF after it, so a short one fails on a byte, not on the end */
    static int minor(byte[] bytes, int from) throws WireException {
        for (int i = 0; i < NAME.length; i++) {
            if (from + i >= bytes.length || bytes[from + i] != NAME[i]) {
                throw new WireException("the version must be HTTP/1.0 or HTTP/1.1");
            }
        }
        int minor = from + NAME.length < bytes.length ? bytes[from + NAME.length] - '0' : -1;
        if (minor != 0 && minor != 1) {
            throw new WireException("the version must be HTTP/1.0 or HTTP/1.1");
        }
        return minor;
    }
}
