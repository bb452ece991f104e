package dev.gatehouse.db.routing;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** All addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone. */
public final class AddressBlock {

    /** The rule as words that complete "must be …". */
    public static final String RULE = "an address or a block of addresses, such as 192.0.2.7, 10.0.0.0/8 or fd00::/8";

    private final String text;
    private final byte[] address;
    private final int bits;

    private AddressBlock(String text, byte[] address, int bits) {
        this.text = text;
        this.address = address;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException when it is none; the message is a sentence that says why */
    public static AddressBlock of(String text) {
        int slash = text.indexOf('/');
        byte[] address;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("There is no address before the slash.", e);
        }
        int bits = address.length * 8;
        if (slash >= 0) {
            var length = text.substring(slash + 1);
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
                throw new IllegalArgumentException("After the slash stands a number of bits, 0 to " + bits + ".");
            }
            bits = Integer.parseInt(length);
        }
        var block = new AddressBlock(text, address, bits);
        var first = block.first();
        if (!Arrays.equals(address, first)) {
            throw new IllegalArgumentException("Bits behind the first " + bits + " are set; the block begins at "
                    + block.firstAddress().getHostAddress() + ".");
        }
        return block;
    }

    /** What is wrong with the text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' is refused: must be " + RULE + ". " + e.getMessage());
        }
    }

    public boolean contains(InetAddress other) {
        return contains(other.getAddress(), bits);
    }

    /** Is there an address in both? */
    boolean overlaps(AddressBlock other) {
        return contains(other.address, Math.min(bits, other.bits));
    }

    private boolean contains(byte[] octets, int count) {
        if (octets.length != address.length) {
            return false;
        }
        int whole = count / 8;
        int rest = count % 8;
        return Arrays.equals(address, 0, whole, octets, 0, whole)
                && (rest == 0 || (address[whole] ^ octets[whole]) >> (8 - rest) == 0);
    }

    private byte[] first() {
        var first = address.clone();
        for (int bit = bits; bit < address.length * 8; bit++) {
            first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return first;
    }

    /** An address in it. */
    InetAddress firstAddress() {
        try {
            return InetAddress.getByAddress(first());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
