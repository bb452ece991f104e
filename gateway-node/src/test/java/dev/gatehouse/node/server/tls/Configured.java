package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.util.List;

/** Certificates as an operator configures them, for all names that are in them. */
final class Configured {

    private Configured() {}

    static Certificate of(Issued issued) {
        return certificate(issued, ClientCertificate.NONE, "", Duration.ZERO, false);
    }

    static Certificate asking(Issued issued, ClientCertificate kind, Issued authority) {
        return certificate(issued, kind, authority.pem(), Duration.ZERO, false);
    }

    static Certificate strict(Issued issued, Duration hsts) {
        return certificate(issued, ClientCertificate.NONE, "", hsts, true);
    }

    private static Certificate certificate(
            Issued issued, ClientCertificate kind, String authorities, Duration hsts, boolean redirect) {
        return new Certificate(issued.chain(), issued.privateKey(), List.of(), kind, authorities, hsts, redirect);
    }
}
