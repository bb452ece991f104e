package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** A signed token (RFC 7519) of an issuer. */
@Named(
        value = "jwt",
        label = "Signed token (JWT)",
        help = "A token that an issuer has signed, such as one of OpenID Connect.")
public record Jwt(
        @Inline TokenTerms terms,

        @Setting(
                label = "Algorithms",
                help = "How tokens may be signed here. Empty: as the issuer's settings say.",
                max = "10")
        List<Algorithm> algorithms)
        implements Credential {

    public Jwt {
        algorithms = List.copyOf(algorithms);
    }
}
