package dev.gatehouse.node.backend.dns;

/**
 * What is asked of a name server.
 *
 * @param name a host, or the owner of SRV records
 * @param srv whether hosts and ports are asked for, not addresses
 */
public record Question(String name, boolean srv) {

    @Override
    public String toString() {
        return srv ? "SRV " + name : name;
    }
}
