package dev.gatehouse.node.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The networks whose word about a client's address is taken. */
final class TrustedProxies {

    private static final class Block {

        private final byte[] address;
        private final int bits;

        Block(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((address[bit >> 3] ^ other[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Block> blocks;

    private TrustedProxies(List<Block> blocks) {
        this.blocks = blocks;
    }

    /** @throws IllegalArgumentException when one is neither an address nor address/bits; names are not looked up */
    static TrustedProxies of(List<String> cidrs) {
        var blocks = new ArrayList<Block>();
        for (var cidr : cidrs) {
            blocks.add(block(cidr.strip()));
        }
        return new TrustedProxies(List.copyOf(blocks));
    }

    boolean trusts(InetAddress address) {
        if (blocks.isEmpty()) {
            return false;
        }
        var octets = address.getAddress();
        for (var block : blocks) {
            if (block.contains(octets)) {
                return true;
            }
        }
        return false;
    }

    private static Block block(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            var address =
                    IpLiteral.parse(slash < 0 ? cidr : cidr.substring(0, slash)).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
            if (bits >= 0 && bits <= address.length * 8) {
                return new Block(address, bits);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(rule(cidr), e);
        }
        throw new IllegalArgumentException(rule(cidr));
    }

    private static String rule(String cidr) {
        return "'" + cidr + "' is not a trusted proxy: write an address or a block such as 10.0.0.0/8 or fd00::/8";
    }
}
