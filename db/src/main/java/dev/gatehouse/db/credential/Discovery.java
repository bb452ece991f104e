package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.util.Optional;

/** An issuer that says of itself where all else is: OpenID Connect Discovery 1.0. */
@Named(
        value = "discovery",
        label = "OpenID Connect",
        help = "The issuer says itself where its keys are, at /.well-known/openid-configuration beneath its address.")
public record Discovery(
        @Setting(
                label = "Issuer",
                help =
                        "Its address as its tokens have it in iss, character for character, such as https://login.example.com/realms/shop.",
                max = "2000",
                format = Format.FETCH_URL)
        String issuer)
        implements IssuerKeys {

    @Override
    public Optional<String> fetched() {
        return Optional.of((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration");
    }
}
