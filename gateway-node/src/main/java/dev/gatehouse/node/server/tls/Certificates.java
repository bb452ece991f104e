package dev.gatehouse.node.server.tls;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All certificates at work, and all hosts they are shown for; immutable. */
final class Certificates {

    static final Certificates NONE = new Certificates(List.of());

    private final Map<String, HostTls> byName = new HashMap<>();
    private final Map<String, HostTls> exact = new HashMap<>();
    private final Map<String, HostTls> below = new HashMap<>();

    /** @param all where two have the same host, the first is shown */
    Certificates(Collection<HostTls> all) {
        for (var tls : all) {
            byName.put(tls.name(), tls);
            for (var host : tls.hosts()) {
                if (host.startsWith("*.")) {
                    below.putIfAbsent(host.substring(1), tls);
                } else {
                    exact.putIfAbsent(host, tls);
                }
            }
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Optional<HostTls> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<HostTls> all() {
        return byName.values();
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
        var shown =
                byName.values().stream().filter(tls -> !tls.hosts().isEmpty()).toList();
        return shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty();
    }
}
