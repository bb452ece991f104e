package dev.gatehouse.node.exchange;

/**
 * One bit of 64 for a field name, by its length and its ends, case apart. The bits of many names tell at once which names
 * are certainly not among them; most that a gateway asks for are not.
 */
final class NameBits {

    private NameBits() {}

    static long of(String name) {
        int length = name.length();
        return length == 0 ? 0 : bit(length, name.charAt(0), name.charAt(length - 1));
    }

    static long of(byte[] octets, int from, int length) {
        return length == 0 ? 0 : bit(length, octets[from], octets[from + length - 1]);
    }

    private static long bit(int length, int first, int last) {
        return 1L << (length * 31 + (first | 0x20) * 7 + (last | 0x20) * 13);
    }
}
