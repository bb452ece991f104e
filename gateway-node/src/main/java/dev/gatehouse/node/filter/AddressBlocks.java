package dev.gatehouse.node.filter;

import dev.gatehouse.db.routing.AddressBlock;
import java.net.InetAddress;
import java.util.List;

/** A list of addresses and blocks, asked for each request. */
record AddressBlocks(List<AddressBlock> blocks) {

    static AddressBlocks of(List<String> texts) {
        return new AddressBlocks(texts.stream().map(AddressBlock::of).toList());
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean contain(InetAddress address) {
        for (var block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
