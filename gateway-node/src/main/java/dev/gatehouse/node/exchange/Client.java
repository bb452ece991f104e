package dev.gatehouse.node.exchange;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the connection.
 *
 * @param address the peer, or what a trusted proxy said of it
 * @param scheme http or https, as the client saw it
 * @param subject the subject of its verified TLS certificate (RFC 2253); null when it showed none
 * @param names the alternative names of that certificate: DNS names, e-mail addresses and URIs
 * @param literal the address as it is written to a service: without a zone, which means nothing on another machine
 */
public record Client(
        InetAddress address, String scheme, @Nullable String subject, List<String> names, String literal) {

    public Client(InetAddress address, String scheme, @Nullable String subject, List<String> names) {
        this(address, scheme, subject, List.copyOf(names), literal(address));
    }

    /** One whose certificate, if it has one, has no alternative names. */
    public Client(InetAddress address, String scheme, @Nullable String subject) {
        this(address, scheme, subject, List.of());
    }

    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
