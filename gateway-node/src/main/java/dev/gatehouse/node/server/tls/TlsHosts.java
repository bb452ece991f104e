package dev.gatehouse.node.server.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** The certificates in use. Replacing them is one write: connections go on, the next handshake meets the new ones. */
public final class TlsHosts {

    private volatile Certificates live = Certificates.NONE;

    Certificates live() {
        return live;
    }

    void take(List<ServerCertificate> certificates) throws GeneralSecurityException {
        var all = new ArrayList<HostTls>();
        for (var certificate : certificates) {
            all.add(new HostTls(certificate));
        }
        live = new Certificates(all);
    }
}
