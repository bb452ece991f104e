package dev.gatehouse.node.exchange;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the connection.
 *
 * @param address the peer, or what a trusted proxy said of it
 * @param scheme http or https, as the client saw it
 * @param subject the subject of its verified TLS certificate (RFC 2253); null when it showed none
 */
public record Client(
        InetAddress address, String scheme, @Nullable String subject) {}
