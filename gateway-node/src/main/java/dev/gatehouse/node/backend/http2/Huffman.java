package dev.gatehouse.node.backend.http2;

import java.nio.charset.StandardCharsets;

/**
 * The Huffman code of RFC 7541, appendix B. It is canonical: the lengths of the codes give the codes. Octets pass as
 * they are; what is not ASCII must not change on its way.
 */
final class Huffman {

    /** Of each octet's code, 5 to 30 bits as the letters A to Z; the last one is the end of the string. */
    private static final String LENGTHS = "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
            + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
            + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
            + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ";

    private static final int END = 256;
    private static final int LONGEST = 30;

    /** By length: the first code, the place of its symbol, and how many there are. */
    private static final int[] FIRST = new int[LONGEST + 1];

    private static final int[] PLACE = new int[LONGEST + 1];
    private static final int[] COUNT = new int[LONGEST + 1];
    private static final int[] SYMBOLS = new int[END + 1];

    static {
        int code = 0;
        int place = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST[length] = code;
            PLACE[length] = place;
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + 5 == length) {
                    SYMBOLS[place++] = symbol;
                    code++;
                }
            }
            COUNT[length] = place - PLACE[length];
        }
    }

    private Huffman() {}

    static String decode(byte[] bytes, int from, int to) throws Http2Exception {
        // no code is shorter than five bits
        var text = new byte[(to - from) * 8 / 5];
        int count = 0;
        int code = 0;
        int length = 0;
        for (int i = from; i < to; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                code = (code << 1) | ((bytes[i] >> bit) & 1);
                length++;
                int nth = code - FIRST[length];
                if (nth < COUNT[length]) {
                    int symbol = SYMBOLS[PLACE[length] + nth];
                    if (symbol == END) {
                        throw wrong();
                    }
                    text[count++] = (byte) symbol;
                    code = 0;
                    length = 0;
                }
            }
        }
        // RFC 7541, 5.2: the rest of the last octet is ones, and fewer than eight
        if (length > 7 || code != (1 << length) - 1) {
            throw wrong();
        }
        return new String(text, 0, count, StandardCharsets.ISO_8859_1);
    }

    private static Http2Exception wrong() {
        return new Http2Exception(ErrorCode.COMPRESSION_ERROR, "a string is not in the Huffman code");
    }
}
