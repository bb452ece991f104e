package dev.gatehouse.node.backend;

import java.time.Duration;

/**
 * How long a service may take.
 *
 * @param connect to accept a connection, name look-up and TLS included
 * @param silence until the whole response head is here, counted from the request's last byte that could be sent; then
 *     between two pieces of the body
 */
public record UpstreamTimes(Duration connect, Duration silence) {

    /** 2 s and 60 s. */
    public static final UpstreamTimes DEFAULT = new UpstreamTimes(Duration.ofSeconds(2), Duration.ofSeconds(60));
}
