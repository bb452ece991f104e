package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** A signed token (RFC 7519) of an issuer. */
@Named(
        value = "jwt",
        label = "Signed token (JWT)",
        help = "A token that an issuer has signed, such as one of OpenID Connect.")
public record Jwt(
        @Setting(label = "Issuer", help = "Whose tokens are taken.", format = Format.NAME)
        String issuer,

        @Setting(
                label = "Header",
                help = "Another header than Authorization: Bearer that holds the token. Empty: none.",
                optional = true,
                max = "100",
                format = Format.HEADER_NAME)
        String header,

        @Setting(
                label = "Audiences",
                help = "One of them must be the token's (aud). Empty: what the issuer's settings say.",
                max = "20")
        List<String> audiences,

        @Setting(
                label = "Algorithms",
                help = "How tokens may be signed here. Empty: as the issuer's settings say.",
                max = "10")
        List<Algorithm> algorithms,

        @Setting(label = "Claims", help = "What a token must say. All of them.", max = "20")
        List<ClaimRule> claims,

        @Setting(
                label = "Pass on",
                help = "The service gets the token too. Otherwise it is taken out.",
                fallback = "false")
        boolean passOn)
        implements Credential, Checked {

    public Jwt {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
        claims = List.copyOf(claims);
    }

    @Override
    public List<Problem> problems() {
        return CredentialRules.header("header", header);
    }
}
