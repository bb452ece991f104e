package dev.gatehouse.node.server.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The certificates in use. Replacing them is one write: connections go on, the next handshake meets the new ones. */
public final class TlsHosts {

    private volatile Certificates live = Certificates.NONE;

    Certificates live() {
        return live;
    }

    /** What goes for the host that a request asks for. */
    Optional<HostTls> of(String authority) {
        return live.of(host(authority));
    }

    /** The host of a well-formed authority, in lower case, without the port and the root's dot. */
    static String host(String authority) {
        int end = authority.lastIndexOf(':');
        if (end < authority.lastIndexOf(']')) {
            end = -1;
        }
        var host = (end < 0 ? authority : authority.substring(0, end)).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    void take(List<ServerCertificate> certificates) throws GeneralSecurityException {
        var all = new ArrayList<HostTls>();
        for (var certificate : certificates) {
            all.add(new HostTls(certificate));
        }
        live = new Certificates(all);
    }
}
