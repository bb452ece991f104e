package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who the client is when load balancers stand before the gateway. */
final class Forwarding {

    /** Those of a client certificate (RFC 9440) are believed of nobody: a proxy that does not know them passes them through. */
    private static final FieldNames NAMES = FieldNames.loosely(
            "client-cert",
            "client-cert-chain",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-forwarded-server",
            "x-real-ip");

    /** An address in brackets, or with a port, which may be hidden: RFC 7239, 6. */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    private final TrustedProxies proxies;

    Forwarding(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** Reads the fields when the peer may be believed, and takes them out in any case. */
    Client take(Headers headers, Arrival arrival) {
        var direct = arrival.client();
        var client = proxies.trusts(arrival.peer()) ? read(headers, direct) : direct;
        headers.remove(NAMES);
        return client;
    }

    private Client read(Headers headers, Client direct) {
        var peer = direct.address();
        var scheme = direct.scheme();
        var listed = elements(headers.all("X-Forwarded-For"));
        var forwarded = ForwardedField.hops(headers.all("Forwarded"));
        var protos = elements(headers.all("X-Forwarded-Proto"));
        if (forwarded.isEmpty()) {
            return direct;
        }
        var hops = forwarded.get();
        if (hops.isEmpty()) {
            return new Client(
                    nearest(listed, peer),
                    protos.isEmpty() ? scheme : scheme(protos.getLast(), scheme),
                    direct.subject(),
                    direct.names());
        }
        var address = nearest(hops.stream().map(ForwardedField.Hop::client).toList(), peer);
        if (!listed.isEmpty() && !nearest(listed, peer).equals(address)) {
            // one of the two was sent by the client and passed through: then neither is believed
            return direct;
        }
        return new Client(address, scheme(hops.getLast().proto(), scheme), direct.subject(), direct.names());
    }

    /** The rightmost hop that is not a trusted proxy: everything left of it is hearsay. */
    private InetAddress nearest(List<String> hops, InetAddress peer) {
        var nearest = peer;
        for (var hop : hops.reversed()) {
            if (!proxies.trusts(nearest)) {
                break;
            }
            var address = address(hop);
            if (address == null) {
                break;
            }
            nearest = address;
        }
        return nearest;
    }

    private static String scheme(String said, String otherwise) {
        return said.equalsIgnoreCase("https") ? "https" : said.equalsIgnoreCase("http") ? "http" : otherwise;
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}; null for anything else. */
    private static @Nullable InetAddress address(String hop) {
        var node = NODE.matcher(hop);
        var text = !node.matches() ? hop : node.group(1) == null ? node.group(2) : node.group(1);
        try {
            return IpLiteral.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<String> elements(List<String> lines) {
        var elements = new ArrayList<String>();
        for (var line : lines) {
            for (var element : line.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }
}
