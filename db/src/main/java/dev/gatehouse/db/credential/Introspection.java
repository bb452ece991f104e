package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** A token about which its issuer is asked: RFC 7662. */
@Named(
        value = "introspection",
        label = "Token, asked about",
        help = "A token of any form: its issuer is asked whether it is good (OAuth 2 introspection).")
public record Introspection(
        @Setting(label = "Issuer", help = "Who is asked.", format = Format.NAME)
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

        @Setting(label = "Claims", help = "What the answer must say. All of them.", max = "20")
        List<ClaimRule> claims,

        @Setting(
                label = "Pass on",
                help = "The service gets the token too. Otherwise it is taken out.",
                fallback = "false")
        boolean passOn)
        implements Credential, Checked {

    public Introspection {
        audiences = List.copyOf(audiences);
        claims = List.copyOf(claims);
    }

    @Override
    public List<Problem> problems() {
        return CredentialRules.header("header", header);
    }
}
