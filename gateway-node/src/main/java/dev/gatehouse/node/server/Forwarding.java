package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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

    private final TrustedProxies proxies;

    Forwarding(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** Reads the fields when the peer may be believed, and takes them out in any case. */
    Client take(Headers headers, Arrival arrival) {
        var peer = arrival.peer();
        var direct = new Client(peer, arrival.scheme(), arrival.subject());
        var client = proxies.trusts(peer) ? read(headers, direct) : direct;
        headers.remove(NAMES);
        return client;
    }

    private Client read(Headers headers, Client direct) {
        var peer = direct.address();
        var scheme = direct.scheme();
        var listed = elements(headers.all("X-Forwarded-For"), ',');
        var forwarded = elements(headers.all("Forwarded"), ',');
        var protos = elements(headers.all("X-Forwarded-Proto"), ',');
        if (forwarded.isEmpty()) {
            return new Client(
                    nearest(listed, peer),
                    protos.isEmpty() ? scheme : scheme(protos.getLast(), scheme),
                    direct.subject());
        }
        var hops = new ArrayList<String>();
        for (var element : forwarded) {
            hops.add(parameter(element, "for"));
        }
        var address = nearest(hops, peer);
        if (!listed.isEmpty() && !nearest(listed, peer).equals(address)) {
            // one of the two was sent by the client and passed through: then neither is believed
            return direct;
        }
        return new Client(address, scheme(parameter(forwarded.getLast(), "proto"), scheme), direct.subject());
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
        var text = hop;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            text = end < 0 ? "" : text.substring(1, end);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return IpLiteral.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The value of that parameter of a Forwarded element (RFC 7239, 4), without quotes; empty when absent. */
    private static String parameter(String element, String name) {
        for (var pair : elements(List.of(element), ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equalsIgnoreCase(name)) {
                return pair.substring(equals + 1).replace("\"", "");
            }
        }
        return "";
    }

    private static List<String> elements(List<String> lines, char separator) {
        var elements = new ArrayList<String>();
        for (var line : lines) {
            for (int start = 0; start <= line.length(); ) {
                int end = line.indexOf(separator, start);
                if (end < 0) {
                    end = line.length();
                }
                var element = line.substring(start, end).strip();
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                start = end + 1;
            }
        }
        return elements;
    }
}
