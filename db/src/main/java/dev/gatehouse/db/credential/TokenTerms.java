package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** Which tokens of an issuer are taken, and where they come. */
public record TokenTerms(
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

        @Setting(label = "Claims", help = "What the issuer must say in the token or of it. All of them.", max = "20")
        List<ClaimRule> claims,

        @Setting(
                label = "Pass on",
                help = "The service gets the token too. Otherwise it is taken out.",
                fallback = "false")
        boolean passOn)
        implements Checked {

    public TokenTerms {
        audiences = List.copyOf(audiences);
        claims = List.copyOf(claims);
    }

    @Override
    public List<Problem> problems() {
        return CredentialRules.header("header", header);
    }
}
