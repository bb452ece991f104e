package dev.gatehouse.node.backend.dns;

import java.net.InetAddress;

/**
 * One address that a name stands for.
 *
 * @param host whose address it is: the name, or one that its SRV records lead to
 * @param port as an SRV record says; 0 where none does
 * @param rank the least are asked first: by the priority of SRV records, IPv6 behind the IPv4 addresses of the same name
 * @param part of what the name gets; those of one rank have 1 together
 */
public record Place(String host, InetAddress address, int port, int rank, double part) {}
