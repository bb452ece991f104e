package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Named;

/** A certificate shown in TLS; that callers are asked for one, the certificate of the host says. */
@Named(
        value = "client-certificate",
        label = "Client certificate",
        help =
                "A certificate of a login, shown in TLS. That callers are asked for one is set with the certificate of the host.")
public record ClientCertificate() implements Credential {}
