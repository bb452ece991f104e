package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.wire.WireException;

/**
 * The code of RFC 7541, appendix B. It is canonical: the lengths say it all, since codes of one length count up in the
 * order of their symbols, and a longer code begins where the shorter ones ended.
 */
final class Huffman {

    private static final int EOS = 256;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;

    /** Bits of the code of each symbol, A for 10, B for 11 and so on; the end-of-string symbol is last. */
    private static final String LENGTHS = "DNSSSSSSSOUSSUSSSSSSSSUSSSSSSSSS6AACD68BAA8B8666555666666678F6CA"
            + "D67777777777777777777777878DJDE6F56565666577666567655677777FBEDS"
            + "KMKKMMMNMNNNNNONOOMNONNNNLMNMNNOMLKMMNNLNMMOLMNNLLMLNMNNKMMMNMMN"
            + "QQKJMNMPQQQRRQOPJLQRRQROLLQQSRRRKOKLMLLNMMPPOOQNQRQQRRRRRSRRRRRQ"
            + "U";

    private static final byte[] BITS = new byte[EOS + 1];
    private static final int[] CODES = new int[EOS + 1];

    /** The symbols in the order of their codes. */
    private static final short[] SYMBOLS = new short[EOS + 1];

    /** Of each length: where its symbols begin above, its first code, and one more than its last. */
    private static final int[] FIRST_SYMBOL = new int[LONGEST + 1];

    private static final int[] FIRST_CODE = new int[LONGEST + 1];
    private static final int[] END_CODE = new int[LONGEST + 1];

    /** For the next 8 bits: symbol and length of a code that fits in them, or 0. */
    private static final short[] SHORT = new short[256];

    static {
        for (int symbol = 0; symbol <= EOS; symbol++) {
            BITS[symbol] = (byte) Character.digit(LENGTHS.charAt(symbol), 36);
        }
        int code = 0;
        int next = 0;
        for (int bits = SHORTEST; bits <= LONGEST; bits++) {
            code <<= 1;
            FIRST_CODE[bits] = code;
            FIRST_SYMBOL[bits] = next;
            for (int symbol = 0; symbol <= EOS; symbol++) {
                if (BITS[symbol] == bits) {
                    CODES[symbol] = code++;
                    SYMBOLS[next++] = (short) symbol;
                }
            }
            END_CODE[bits] = code;
        }
        for (int symbol = 0; symbol < EOS; symbol++) {
            int spare = 8 - BITS[symbol];
            for (int rest = 0; spare >= 0 && rest < 1 << spare; rest++) {
                SHORT[(CODES[symbol] << spare) | rest] = (short) (BITS[symbol] << 8 | symbol);
            }
        }
    }

    private Huffman() {}

    /** Bytes that the text takes when encoded. */
    static int length(String text) {
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits += BITS[text.charAt(i) & 0xff];
        }
        return (int) ((bits + 7) >> 3);
    }

    /** @return where the next byte goes */
    static int encode(String text, byte[] target, int offset) {
        int at = offset;
        long pending = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            int symbol = text.charAt(i) & 0xff;
            pending = pending << BITS[symbol] | CODES[symbol];
            held += BITS[symbol];
            while (held >= 8) {
                held -= 8;
                target[at++] = (byte) (pending >> held);
            }
        }
        if (held > 0) {
            target[at++] = (byte) (pending << (8 - held) | 0xff >> held);
        }
        return at;
    }

    /**
     * @param target at least 8/5 of the encoded length
     * @return number of octets
     */
    static int decode(byte[] source, int from, int to, byte[] target) throws WireException {
        int at = from;
        int count = 0;
        long pending = 0;
        int held = 0;
        while (true) {
            while (held <= 48 && at < to) {
                pending = pending << 8 | (source[at++] & 0xff);
                held += 8;
            }
            // the next 32 bits, zeros where there are no more
            long window = held >= 32 ? pending >>> (held - 32) & 0xffffffffL : pending << (32 - held) & 0xffffffffL;
            int symbol;
            int bits;
            int known = SHORT[(int) (window >>> 24)];
            if (known != 0) {
                bits = known >> 8;
                symbol = known & 0xff;
            } else {
                bits = 9;
                while (bits <= LONGEST && (window >>> (32 - bits)) >= END_CODE[bits]) {
                    bits++;
                }
                if (bits > LONGEST || bits > held) {
                    break;
                }
                symbol = SYMBOLS[FIRST_SYMBOL[bits] + (int) (window >>> (32 - bits)) - FIRST_CODE[bits]];
                if (symbol == EOS) {
                    throw new WireException("HPACK: the end-of-string symbol inside a string");
                }
            }
            if (bits > held) {
                break;
            }
            target[count++] = (byte) symbol;
            held -= bits;
        }
        // RFC 7541, 5.2: what is left is the start of the end-of-string code, less than a byte of it
        if (held > 7 || (pending & (1 << held) - 1) != (1 << held) - 1) {
            throw new WireException("HPACK: a string is not padded with ones, or with too many");
        }
        return count;
    }
}
