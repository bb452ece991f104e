package dev.gatehouse.db.routing;

import java.util.List;
import java.util.stream.Collectors;

/** The client's address is in one of the blocks. */
public record AddressIn(List<AddressBlock> blocks) implements Condition {

    public AddressIn {
        blocks = List.copyOf(blocks);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        var address = facts.address();
        for (var block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean excludes(Condition other) {
        return other instanceof AddressIn(var others)
                && blocks.stream().noneMatch(block -> others.stream().anyMatch(block::overlaps));
    }

    @Override
    public void fulfil(ExampleRequest request) {
        request.address(blocks.getFirst().firstAddress());
    }

    @Override
    public String toString() {
        return "an address in " + blocks.stream().map(AddressBlock::toString).collect(Collectors.joining(", "));
    }
}
