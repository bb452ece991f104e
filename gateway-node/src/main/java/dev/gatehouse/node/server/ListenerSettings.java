package dev.gatehouse.node.server;

import java.time.Duration;
import java.util.List;

/**
 * How a listener listens.
 *
 * @param port 0 picks a free one
 * @param maxConnections connections open at once; more wait in the accept queue
 * @param maxBody bytes of a request body, 413 above
 * @param head time for a whole request head, from its first byte
 * @param idle time between two requests on one connection
 * @param stall time a client may take no byte of a response, or send none of a body that is being read
 * @param trustedProxies CIDR blocks whose {@code X-Forwarded-For} and {@code Forwarded} are believed
 */
public record ListenerSettings(
        String host,
        int port,
        int maxConnections,
        long maxBody,
        Duration head,
        Duration idle,
        Duration stall,
        List<String> trustedProxies) {

    /** @throws IllegalArgumentException when a trusted proxy is neither an address nor an address block */
    public ListenerSettings {
        TrustedProxies.of(trustedProxies);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The defaults of a public listener: 10 000 connections, 10 MiB, 10 s, 75 s, 30 s, no trusted proxy. */
    public static ListenerSettings of(String host, int port) {
        return new ListenerSettings(
                host,
                port,
                10_000,
                10L << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                List.of());
    }

    public ListenerSettings withMaxBody(long bytes) {
        return new ListenerSettings(host, port, maxConnections, bytes, head, idle, stall, trustedProxies);
    }

    public ListenerSettings withMaxConnections(int connections) {
        return new ListenerSettings(host, port, connections, maxBody, head, idle, stall, trustedProxies);
    }

    public ListenerSettings withTimes(Duration head, Duration idle, Duration stall) {
        return new ListenerSettings(host, port, maxConnections, maxBody, head, idle, stall, trustedProxies);
    }

    /** @param cidrs such as {@code 10.0.0.0/8}, {@code ::1} */
    public ListenerSettings trusting(List<String> cidrs) {
        return new ListenerSettings(host, port, maxConnections, maxBody, head, idle, stall, cidrs);
    }
}
