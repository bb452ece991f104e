package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.util.Optional;

/** Keys that are fetched: a JWK Set (RFC 7517) at an address. */
@Named(
        value = "key-set-url",
        label = "JWKS address",
        help = "The keys are fetched from an address, and again and again.")
public record KeySetUrl(
        @Setting(
                label = "Address",
                help = "Of the JWK Set, such as https://login.example.com/jwks.json.",
                max = "2000",
                format = Format.FETCH_URL)
        String url,

        @Setting(
                label = "Issuer",
                help = "What tokens must say in iss. Empty: anything, or nothing.",
                optional = true,
                max = "2000")
        String issuer)
        implements IssuerKeys {

    @Override
    public Optional<String> fetched() {
        return Optional.of(url);
    }
}
