package dev.gatehouse.node.wire;

/** What may follow a chunk size: RFC 9112, 7.1.1. */
final class ChunkExtension {

    private ChunkExtension() {}

    /** Whether it is nothing, or extensions: {@code ;name}, {@code ;name=token}, {@code ;name="text"}, blanks between. */
    static boolean wellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = blanks(bytes, at, to);
            if (at == to || bytes[at] != ';') {
                return false;
            }
            int name = blanks(bytes, at + 1, to);
            at = token(bytes, name, to);
            if (at == name) {
                return false;
            }
            int equals = blanks(bytes, at, to);
            if (equals < to && bytes[equals] == '=') {
                int value = blanks(bytes, equals + 1, to);
                at = value < to && bytes[value] == '"' ? quoted(bytes, value + 1, to) : token(bytes, value, to);
                if (at <= value) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int blanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int token(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Octets.token(bytes[at] & 0xff)) {
            at++;
        }
        return at;
    }

    /** The octet after the closing quote; -1 without one, and for a control character. */
    private static int quoted(byte[] bytes, int from, int to) {
        for (int at = from; at < to && Octets.value(bytes[at] & 0xff); at++) {
            if (bytes[at] == '"') {
                return at + 1;
            }
            if (bytes[at] == '\\' && (++at == to || !Octets.value(bytes[at] & 0xff))) {
                return -1;
            }
        }
        return -1;
    }
}
