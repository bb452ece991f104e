package dev.gatehouse.console.alert;

import dev.gatehouse.db.store.OwnStores;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Which addresses a webhook may have: none that only this machine or its network can reach, unless it says so itself. */
final class Addresses {

    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int CARRIER = 100;

    private Addresses() {}

    /** What is against it; empty when nothing is. The name is looked up, and every address it has must be fine. */
    static Optional<String> problem(URI url, boolean internal, OwnStores stores) {
        try {
            var all = InetAddress.getAllByName(url.getHost());
            for (var address : all) {
                if (stores.listenAt(address, url.getPort())) {
                    return Optional.of(
                            url.getHost() + " is where the gateway keeps its own data; no webhook is there.");
                }
                if (!internal && isInternal(address)) {
                    return Optional.of(url.getHost() + " is " + address.getHostAddress()
                            + ", an internal address; the webhook does not say that it may be one.");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(url.getHost() + " has no address.");
        }
    }

    private static boolean isInternal(InetAddress address) {
        var bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == CARRIER && (bytes[1] & 0xc0) == 0x40;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || shared
                || uniqueLocal;
    }
}
