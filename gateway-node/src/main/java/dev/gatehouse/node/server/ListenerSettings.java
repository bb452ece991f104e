package dev.gatehouse.node.server;

import java.util.List;

/**
 * How a listener listens.
 *
 * @param port 0 picks a free one
 * @param maxConnections connections open at once; fewer where the process may not have as many file descriptors
 * @param maxPerAddress connections open at once from one IPv4 address or IPv6 /64; trusted proxies and this machine
 *     may have any number
 * @param trustedProxies CIDR blocks whose {@code X-Forwarded-For} and {@code Forwarded} are believed
 * @param proxyProtocol whether each connection begins with a PROXY header; then only trusted proxies are let in
 */
public record ListenerSettings(
        String host,
        int port,
        int maxConnections,
        int maxPerAddress,
        Deadlines deadlines,
        List<String> trustedProxies,
        boolean proxyProtocol) {

    /** @throws IllegalArgumentException when a trusted proxy is neither an address nor an address block */
    public ListenerSettings {
        TrustedProxies.of(trustedProxies);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The defaults of a public listener: 20 000 connections, 1 000 of one address, no trusted proxy. */
    public static ListenerSettings of(String host, int port) {
        return new ListenerSettings(host, port, 20_000, 1_000, Deadlines.DEFAULT, List.of(), false);
    }

    public ListenerSettings withMaxConnections(int all, int perAddress) {
        return new ListenerSettings(host, port, all, perAddress, deadlines, trustedProxies, proxyProtocol);
    }

    public ListenerSettings withDeadlines(Deadlines times) {
        return new ListenerSettings(host, port, maxConnections, maxPerAddress, times, trustedProxies, proxyProtocol);
    }

    /** @param cidrs such as {@code 10.0.0.0/8}, {@code ::1} */
    public ListenerSettings trusting(List<String> cidrs) {
        return new ListenerSettings(host, port, maxConnections, maxPerAddress, deadlines, cidrs, proxyProtocol);
    }

    public ListenerSettings withProxyProtocol(boolean spoken) {
        return new ListenerSettings(host, port, maxConnections, maxPerAddress, deadlines, trustedProxies, spoken);
    }
}
