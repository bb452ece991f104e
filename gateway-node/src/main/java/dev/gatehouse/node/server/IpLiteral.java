package dev.gatehouse.node.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as text, four numbers or IPv6: the short forms that the JDK takes, such as {@code 10.1}, are none here. */
final class IpLiteral {

    private IpLiteral() {}

    /** @throws IllegalArgumentException when it is not one; names are not looked up */
    static InetAddress parse(String text) {
        var address = InetAddress.ofLiteral(text);
        boolean mapped = text.indexOf(':') >= 0;
        if (address instanceof Inet4Address
                && !mapped
                && !address.getHostAddress().equals(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an address");
        }
        return address;
    }

    /** @param octets four or sixteen */
    static InetAddress of(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
