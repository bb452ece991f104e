package dev.gatehouse.node.server.tls;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All hosts that are served over TLS; immutable. */
final class Certificates {

    static final Certificates NONE = new Certificates(List.of());

    private final Map<String, HostTls> byName = new HashMap<>();
    private final Map<String, HostTls> exact = new HashMap<>();
    private final Map<String, HostTls> below = new HashMap<>();

    Certificates(Collection<HostTls> all) {
        for (var tls : all) {
            byName.put(tls.certificate().name(), tls);
            for (var host : tls.certificate().hosts()) {
                if (host.startsWith("*.")) {
                    below.putIfAbsent(host.substring(1), tls);
                } else {
                    exact.putIfAbsent(host, tls);
                }
            }
        }
    }

    Map<String, HostTls> byName() {
        return Map.copyOf(byName);
    }

    /** The exact host before the wildcard, which stands for one label (RFC 6125, 6.4.3). */
    Optional<HostTls> of(String host) {
        var found = exact.get(host);
        if (found == null && host.indexOf('.') > 0) {
            found = below.get(host.substring(host.indexOf('.')));
        }
        return Optional.ofNullable(found);
    }

    /**
     * What a handshake is answered with. A name that is not ours is not answered with another's certificate; a client
     * that names no host can only mean the one there is.
     */
    Optional<HostTls> answering(ClientHello hello) {
        if (hello.serverName().isPresent()) {
            return of(hello.serverName().get());
        }
        return byName.size() == 1 ? Optional.of(byName.values().iterator().next()) : Optional.empty();
    }
}
