package dev.gatehouse.node.fetch;

import dev.gatehouse.db.routing.AddressBlock;
import dev.gatehouse.db.store.OwnStores;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * From which addresses nothing is fetched: this machine, its neighbours on the link, and where clouds tell machines their
 * secrets. Who may change the configuration could otherwise ask them through us.
 *
 * @param allowed blocks that are taken all the same
 * @param stores what listens there is never asked, allowed or not
 */
public record AddressRules(List<AddressBlock> allowed, OwnStores stores) {

    private static final List<AddressBlock> REFUSED = Stream.of(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/127",
                    "64:ff9b::/96",
                    "fe80::/10",
                    "fd00:ec2::254",
                    "ff00::/8")
            .map(AddressBlock::of)
            .toList();

    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    /** @param allowed addresses and blocks, as texts */
    public static AddressRules of(List<String> allowed) {
        return new AddressRules(allowed.stream().map(AddressBlock::of).toList(), OwnStores.NONE);
    }

    public AddressRules awayFrom(OwnStores stores) {
        return new AddressRules(allowed, stores);
    }

    boolean allows(InetAddress address, int port) {
        return (contains(allowed, address) || !contains(REFUSED, address)) && !stores.listenAt(address, port);
    }

    private static boolean contains(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
