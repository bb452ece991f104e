package dev.gatehouse.console.alert;

import dev.gatehouse.db.store.OwnStores;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses a webhook may have: none that only this machine or its network can reach, unless it says so itself. */
final class Addresses {

    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int CARRIER = 100;

    private Addresses() {}

    /**
     * Those that the name has now: every one of them must be fine.
     *
     * @throws IOException when one is not, or there is none
     */
    static List<InetAddress> of(URI url, boolean internal, OwnStores stores) throws IOException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(url.getHost());
        } catch (UnknownHostException e) {
            throw new IOException(url.getHost() + " has no address.", e);
        }
        for (var address : all) {
            if (stores.listenAt(address, url.getPort())) {
                throw new IOException(url.getHost() + " is where the gateway keeps its own data; no webhook is there.");
            }
            if (!internal && isInternal(address)) {
                throw new IOException(url.getHost() + " is " + address.getHostAddress()
                        + ", an internal address; the webhook does not say that it may be one.");
            }
        }
        return List.of(all);
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
